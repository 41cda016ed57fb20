// One TLS connection, the server's side, as a machine of bytes: no sockets, no waiting.
//
// It takes received bytes straight from the caller's buffer and appends what is to be sent to the
// caller's string; of its own it holds at most one record that is incomplete or not yet read, and
// nothing when the connection is idle.  On one thread at a time.  Bytes in `to_send` are to be sent
// whatever came of the call: they may be the alert that tells the peer why.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "openssl.hpp"
#include "tls_context.hpp"

namespace kinetide::http {

class tls_machine {
public:
    // Throws std::runtime_error where OpenSSL fails.
    explicit tls_machine(tls_context& context);
    ~tls_machine();
    tls_machine(const tls_machine&) = delete;
    tls_machine& operator=(const tls_machine&) = delete;

    // Takes bytes from the front of `received`, as many as it can use, and gives the plaintext of
    // at most one record.  Call it again until it gives 0: then `received` is empty and more is
    // needed, or the peer has closed, or there is a problem().  Shakes hands as well.
    std::size_t read(std::string_view& received, std::span<char> room, std::string& to_send);

    // Once is_open(), and before close(): the whole of `plain`.  Whatever fails is a problem().
    void write(std::string_view plain, std::string& to_send);

    // The end of what we say.  What the peer sends may still be read.
    void close(std::string& to_send);

    [[nodiscard]] bool is_open() const;  // hands are shaken, nothing is broken
    [[nodiscard]] bool peer_closed() const { return peer_closed_; }  // with close_notify
    // Why the connection cannot go on, as one line without bytes of the peer's; empty: it can.
    [[nodiscard]] const std::string& problem() const { return problem_; }
    // "h2" or "http/1.1" as agreed on; empty when the client left it open: its first bytes tell.
    [[nodiscard]] std::string_view protocol() const;

private:
    // Both ends of what OpenSSL takes for a wire, for the length of one call.
    struct wire {
        std::string_view* received = nullptr;
        std::string* to_send = nullptr;
        static BIO_METHOD* method();
        static int take(BIO* bio, char* to, std::size_t bytes, std::size_t* taken);
        static int give(BIO* bio, const char* from, std::size_t bytes, std::size_t* given);
        static long control(BIO* bio, int command, long number, void* pointer);
    };
    class use_of_wire;

    void failed(int result);

    wire wire_;
    session_ptr session_;
    bool peer_closed_ = false;
    bool closed_ = false;
    std::string problem_;
};

}  // namespace kinetide::http
