package dev.parley.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// What to try next: lines to paste into a shell, as they stand.
final class Welcome {

    private Welcome() {}

    static List<String> lines(URI url, Path data, Path mail) {
        return """

                Data is kept in %2$s (./parley up --fresh starts with none).
                Mails are caught in %3$s. Ctrl-C ends everything.
                The API is described at %1$s/docs/

                Try it; each line can be pasted:

                # two people
                register() { curl -s %1$s/auth/register/ -H 'Content-Type: application/json' -d "{\\"username\\":\\"$1\\",\\"email\\":\\"$1@example.org\\",\\"password\\":\\"correct horse $1\\"}"; }
                login() { curl -s %1$s/auth/login/ -H 'Content-Type: application/json' -d "{\\"username\\":\\"$1\\",\\"password\\":\\"correct horse $1\\"}"; }
                field() { sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p"; }
                register ada >/dev/null; ADA=$(login ada | field access_token)
                register bob >/dev/null; BOB=$(login bob | field access_token)

                # a group room with both
                BOB_ID=$(curl -s %1$s/auth/me/ -H "Authorization: Bearer $BOB" | sed -n 's/^{"id":"\\([^"]*\\)".*/\\1/p')
                ROOM=$(curl -s %1$s/chat/rooms/ -H "Authorization: Bearer $ADA" -H 'Content-Type: application/json' -d "{\\"room_type\\":\\"group\\",\\"name\\":\\"tea\\",\\"participant_ids\\":[\\"$BOB_ID\\"]}" | sed -n 's/^{"id":"\\([^"]*\\)".*/\\1/p')

                # chat: each in a terminal of their own (with these variables); type a line, press return
                ./parley chat "%4$s/ws/chat/$ROOM/?token=$ADA"
                ./parley chat "%4$s/ws/chat/$ROOM/?token=$BOB"

                # what was said
                curl -s "%1$s/chat/rooms/$ROOM/messages/" -H "Authorization: Bearer $BOB"
                """.formatted(url, data, mail, url.toString().replaceFirst("^http", "ws"))
                .lines()
                .toList();
    }
}
