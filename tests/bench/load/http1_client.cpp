#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "client.hpp"
#include "http1_answer.hpp"

namespace kinetide::load {
namespace {

class over_http1 final : public client {
public:
    over_http1(std::unique_ptr<link> l, answered a)
        : link_(std::move(l)), answered_(std::move(a)), in_(std::size_t{64} * 1024) {}

    void submit(unsigned, const request& r) override {
        out_ = r.message();
        unread_size_ = r.unread_size;
        have_ = 0;
        discarding_ = false;
        head_.reset();
        waits_ = true;
    }
    void flush() override {
        if (!out_.empty()) out_.remove_prefix(link_->send(out_));
    }
    void ready() override {
        flush();
        while (waits_ && take()) {
        }
    }

private:
    // True when there may be more to take.
    bool take() {
        if (discarding_) return take_unread();
        if (in_.size() < wanted()) in_.resize(wanted());
        const std::size_t room = in_.size() - have_;
        const std::size_t got = link_->receive(in_.data() + have_, room);
        have_ += got;
        const bool more = got == room;
        if (got == 0) return false;
        if (!head_) head_ = http1_head::in({in_.data(), have_});
        if (!head_) return more;
        if (head_->closes) throw std::runtime_error("the server wants to close a connection");
        if (!head_->chunked) {
            if (have_ >= head_->size + head_->length) {
                give({in_.data() + head_->size, head_->length}, head_->length);
                return false;
            }
            discarding_ = may_go_unread();
            return more || discarding_;
        }
        std::string_view rest(in_.data() + head_->size, have_ - head_->size);
        if (!rest.ends_with("0\r\n\r\n")) return more;
        const std::size_t size = join_chunks(in_.data() + head_->size, rest.size());
        give({in_.data() + head_->size, size}, size);
        return false;
    }

    bool take_unread() {
        const std::size_t left = head_->size + head_->length - have_;
        const std::size_t gone = link_->discard(left);
        have_ += gone;
        if (gone == left) give({}, head_->length);
        return false;
    }

    // Room for the whole answer once its length is known.
    [[nodiscard]] std::size_t wanted() const {
        constexpr std::size_t step = std::size_t{64} * 1024;
        if (head_ && !head_->chunked) return head_->size + head_->length + 1;
        return have_ + step / 2;
    }

    // Lengths of equal pages differ by a few digits.
    [[nodiscard]] bool may_go_unread() const {
        constexpr std::size_t slack = 64;
        return head_->status == 200 && unread_size_ > 0 && head_->length + slack > unread_size_ &&
               head_->length < unread_size_ + slack;
    }

    void give(std::string_view body, std::size_t size) {
        waits_ = false;  // until the next one is submitted, maybe by whom this tells
        const answer a{head_->status, body, size, body.size() == size};
        answered_(0, a);
    }

    const std::unique_ptr<link> link_;
    const answered answered_;
    std::string_view out_;
    std::size_t unread_size_ = 0;
    std::vector<char> in_;
    std::size_t have_ = 0;
    std::optional<http1_head> head_;
    bool discarding_ = false;
    bool waits_ = false;  // for an answer
};

}  // namespace

std::unique_ptr<client> http1_client(std::unique_ptr<link> l, client::answered answered) {
    return std::make_unique<over_http1>(std::move(l), std::move(answered));
}

}  // namespace kinetide::load
