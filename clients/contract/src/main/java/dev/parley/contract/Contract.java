package dev.parley.contract;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./parley contract [--breaking]`: makes the committed documents what the built ones are, and what the socket's
/// document promises, unless that would break clients and nobody said that it may.
public final class Contract {

    private static final int REFUSED = 1;
    private static final int WRONG_COMMAND = 2;

    private Contract() {}

    /// Exits with 1 when a change would break clients, 2 when the command line is wrong.
    public static void main(String[] arguments) {
        System.exit(run(Path.of(System.getProperty("parley.home", ".")), List.of(arguments), System.out));
    }

    /// @return the exit code; nothing is written unless it is 0
    static int run(Path home, List<String> arguments, PrintStream out) {
        var mayBreak = arguments.equals(List.of("--breaking"));
        if (!mayBreak && !arguments.isEmpty()) {
            out.println("parley  | usage: ./parley contract [--breaking]");
            return WRONG_COMMAND;
        }
        var snapshots = Snapshot.all(home);
        var breaks = new ArrayList<String>();
        snapshots.forEach(snapshot -> snapshot.breaks().forEach(what -> breaks.add(snapshot.service() + ": " + what)));
        breaks.forEach(what -> out.println("parley  | breaks clients: " + what));
        if (!breaks.isEmpty() && !mayBreak) {
            out.println("parley  | nothing was written. Clients of the published contract would fail; if that is meant,"
                    + " say ./parley contract --breaking, and tell of it in CHANGELOG.md");
            return REFUSED;
        }
        snapshots.forEach(snapshot -> {
            var state = snapshot.drift().isPresent() ? "written" : "unchanged";
            snapshot.update();
            out.println("parley  | " + snapshot.file() + " " + state);
        });
        return 0;
    }
}
