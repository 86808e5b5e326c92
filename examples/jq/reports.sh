#!/bin/sh
# What jq makes of Hermes' answers. Each line stands for itself.
set -eu

# Who has no mail address.
hermes user export --format ndjson | jq -r 'select(.email == null) | .user'

# Accounts a domain.
hermes user list --json | jq -r '.list | map(.user | sub(".*@"; "")) | group_by(.)[] | "\(.[0])\t\(length)"'

# Who may call abroad.
hermes user list --json | jq -r '.list[].user' | while read -r user; do
  hermes permission get "$user" --json | jq -r 'select(.flags | index("INTERNATIONAL")) | .user'
done

# Whose number is whose, as a table for a spreadsheet.
hermes alias list --json | jq -r '.aliases[] | select(.alias | startswith("+")) | [.alias, .destination] | @csv'

# How many numbers are left; the exit status is 1 where there are fewer than ten.
hermes stats --json | jq -e '.numbers.free >= 10'

# All that was wrong in a batch.
printf '%s\n' '{"id":"a","node":"user/get","params":{"user":"alice@example.org"}}' \
  '{"id":"b","node":"user/get","params":{"user":"nobody@example.org"}}' |
  { hermes batch || true; } | jq -r '.response as $answer | select($answer.response != "ok") | "\(.id): \($answer.detail)"'
