// The text of a resource policy, read: the part of IAM's language that Kinesis takes.
//
//     {"Version": "2012-10-17", "Id": "any text", "Statement": [{
//         "Sid": "any text", "Effect": "Allow" or "Deny",
//         "Principal": {"AWS": "123456789012" or "arn:aws:iam::123456789012:root", ...},
//         "Action": "kinesis:PutRecord", "Resource": "<the resource's ARN>"}]}
//
// Principals, actions and resources may be lists; a single statement needs none.  No wildcards, no
// conditions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <kinetide/base/result.hpp>

namespace kinetide::operations {

enum class verdict { silent, allowed, denied };

struct policy_statement {
    bool allows = false;
    std::vector<std::string> accounts;  // of its principals
    std::vector<std::string> actions;
    std::vector<std::string> resources;
};

struct policy_document {
    std::vector<policy_statement> statements;

    // At most limits::policy_bytes_max bytes, nested no deeper than a request.
    static result<policy_document> parse(std::string_view text);

    // What it says of a call from another account.  One Deny outweighs every Allow.
    [[nodiscard]] verdict judge(std::string_view account, std::string_view action) const;
};

}  // namespace kinetide::operations
