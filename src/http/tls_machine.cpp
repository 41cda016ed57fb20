#include "tls_machine.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace kinetide::http {
namespace {

// What the peer says of our certificate is the most frequent trouble, and has a remedy.
std::string with_remedy(std::string reason) {
    for (const char* doubt : {"unknown ca", "bad certificate", "certificate unknown"}) {
        if (reason.find(doubt) == std::string::npos) continue;
        return "the client does not trust the certificate (" + reason +
               "): see `kinetide cert --out DIR`";
    }
    return reason;
}

}  // namespace

class tls_machine::use_of_wire {
public:
    use_of_wire(wire& w, std::string_view& received, std::string& to_send) : wire_(w) {
        wire_ = {&received, &to_send};
        ERR_clear_error();  // of others on this thread, which would be taken for ours
    }
    ~use_of_wire() { wire_ = {}; }
    use_of_wire(const use_of_wire&) = delete;
    use_of_wire& operator=(const use_of_wire&) = delete;

private:
    wire& wire_;
};

BIO_METHOD* tls_machine::wire::method() {
    static BIO_METHOD* const one = [] {
        BIO_METHOD* const m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "kinetide");
        if (m == nullptr) throw std::runtime_error("TLS cannot be set up: " + openssl_reason());
        BIO_meth_set_read_ex(m, take);
        BIO_meth_set_write_ex(m, give);
        BIO_meth_set_ctrl(m, control);
        return m;
    }();
    return one;
}

int tls_machine::wire::take(BIO* bio, char* to, std::size_t bytes, std::size_t* taken) {
    std::string_view& from = *static_cast<wire*>(BIO_get_data(bio))->received;
    BIO_clear_flags(bio, BIO_FLAGS_RWS | BIO_FLAGS_SHOULD_RETRY);
    *taken = std::min(bytes, from.size());
    if (*taken == 0) {
        BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY);
        return 0;
    }
    std::memcpy(to, from.data(), *taken);
    from.remove_prefix(*taken);
    return 1;
}

int tls_machine::wire::give(BIO* bio, const char* from, std::size_t bytes, std::size_t* given) {
    static_cast<wire*>(BIO_get_data(bio))->to_send->append(from, bytes);
    *given = bytes;
    return 1;
}

long tls_machine::wire::control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

tls_machine::tls_machine(tls_context& context) : session_(SSL_new(&context.get())) {
    BIO* const bio = session_ == nullptr ? nullptr : BIO_new(wire::method());
    if (bio == nullptr) throw std::runtime_error("no TLS connection: " + openssl_reason());
    BIO_set_data(bio, &wire_);
    BIO_set_init(bio, 1);
    SSL_set_bio(session_.get(), bio, bio);
    SSL_set_accept_state(session_.get());
}

tls_machine::~tls_machine() = default;

std::size_t tls_machine::read(
    std::string_view& received, std::span<char> room, std::string& to_send) {
    if (!problem_.empty() || peer_closed_ || room.empty()) return 0;
    const use_of_wire during(wire_, received, to_send);
    std::size_t bytes = 0;
    const int result = SSL_read_ex(session_.get(), room.data(), room.size(), &bytes);
    if (result == 1) return bytes;
    failed(result);
    return 0;
}

void tls_machine::write(std::string_view plain, std::string& to_send) {
    if (plain.empty() || !problem_.empty()) return;
    constexpr std::size_t record_bytes = 16 * 1024;
    constexpr std::size_t beside_bytes = 64;  // head, tag and what else a record may have
    // A string that grows by itself would move megabytes; one that is asked for an exact size at
    // each of many writes would move even more.
    const std::size_t wanted =
        to_send.size() + plain.size() + (plain.size() / record_bytes + 1) * beside_bytes;
    if (wanted > to_send.capacity()) to_send.reserve(std::max(wanted, 2 * to_send.capacity()));
    std::string_view nothing;
    const use_of_wire during(wire_, nothing, to_send);
    std::size_t bytes = 0;
    const int result = SSL_write_ex(session_.get(), plain.data(), plain.size(), &bytes);
    if (result != 1) failed(result);
    if (problem_.empty() && result != 1) problem_ = "written to before the handshake's end";
}

void tls_machine::close(std::string& to_send) {
    if (closed_ || !is_open()) return;
    closed_ = true;
    std::string_view nothing;
    const use_of_wire during(wire_, nothing, to_send);
    if (SSL_shutdown(session_.get()) < 0) ERR_clear_error();
}

bool tls_machine::is_open() const {
    return problem_.empty() && SSL_is_init_finished(session_.get()) == 1;
}

std::string_view tls_machine::protocol() const {
    const unsigned char* name = nullptr;
    unsigned int bytes = 0;
    SSL_get0_alpn_selected(session_.get(), &name, &bytes);
    return {reinterpret_cast<const char*>(name), bytes};
}

void tls_machine::failed(int result) {
    switch (SSL_get_error(session_.get(), result)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE: return;
        case SSL_ERROR_ZERO_RETURN: peer_closed_ = true; return;
        default: problem_ = with_remedy(openssl_reason());
    }
}

}  // namespace kinetide::http
