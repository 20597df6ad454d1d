package dev.parley.load.workload;

import dev.parley.load.client.LoadSocket;
import dev.parley.load.client.People;
import dev.parley.load.client.Sockets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Who is connected, and who sends. A workload opens its sockets and says which of them send, in turn.
public sealed interface Workload {

    /// As it stands in the report.
    String name();

    /// Opens all sockets; returns when each has said `hello`.
    /// @return the sockets that send, in turn
    List<LoadSocket> open(People people, Sockets sockets, LoadSocket.Counts counts);

    /// How many sockets get each message.
    int audience();

    /// One room; every message goes to all its members.
    /// @param members each with one socket
    record OneRoom(int members) implements Workload {

        @Override
        public String name() {
            return "one room of " + members;
        }

        @Override
        public List<LoadSocket> open(People people, Sockets sockets, LoadSocket.Counts counts) {
            var all = people.register(members);
            var room = people.group(all);
            return join(all.stream()
                    .map(person -> sockets.open(path(room, person.accessToken()), counts))
                    .toList());
        }

        @Override
        public int audience() {
            return members;
        }
    }

    /// Private rooms; both of a pair send.
    record Pairs(int pairs) implements Workload {

        @Override
        public String name() {
            return pairs + " private pairs";
        }

        @Override
        public List<LoadSocket> open(People people, Sockets sockets, LoadSocket.Counts counts) {
            var all = people.register(2 * pairs);
            var rooms = people.pairs(all);
            return join(IntStream.range(0, all.size())
                    .mapToObj(number -> sockets.open(
                            path(rooms.get(number / 2), all.get(number).accessToken()), counts))
                    .toList());
        }

        @Override
        public int audience() {
            return 2;
        }
    }

    /// Sockets that do nothing, all in one room, opened with tickets as the SDKs do (a longer token in the URL is kept
    /// by the server's HTTP layer for as long as the socket lives, some times over).
    /// @param people whose sockets they are, as many each
    record Idle(int sockets, int people) implements Workload {

        /// Upgrades under way at once.
        private static final int AT_ONCE = 50;

        @Override
        public String name() {
            return sockets + " idle sockets of " + people + " people";
        }

        @Override
        public List<LoadSocket> open(People register, Sockets opener, LoadSocket.Counts counts) {
            var all = register.register(people);
            var room = register.group(all);
            for (int from = 0; from < sockets; from += AT_ONCE) {
                var owners = IntStream.range(from, Math.min(sockets, from + AT_ONCE))
                        .mapToObj(number -> all.get(number % people))
                        .toList();
                join(register.tickets(owners).stream()
                        .map(ticket -> opener.open(path(room, ticket), counts))
                        .toList());
            }
            return List.of();
        }

        @Override
        public int audience() {
            return sockets;
        }
    }

    private static String path(String room, String credential) {
        return "/ws/chat/" + room + "/?token=" + credential;
    }

    private static List<LoadSocket> join(List<CompletableFuture<LoadSocket>> opening) {
        return opening.stream().map(CompletableFuture::join).toList();
    }
}
