package dev.parley.load.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.load.client.LoadSocket;
import dev.parley.load.system.ServerProcesses.Part;
import dev.parley.load.workload.Floor;
import dev.parley.load.workload.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// What one run found. Latencies count from the moment a message was due.
/// @param cpuSeconds of the system's parts in the measured time; empty when the system is not on this machine
/// @param floor the bare server under the same load; empty when it was not asked for
/// @param expectedDeliveries what a system that loses nothing delivers of the measured messages
public record Report(
        String workload,
        Run.Plan plan,
        LoadSocket.Counts counts,
        double seconds,
        Map<Part, Double> cpuSeconds,
        Optional<Floor.Outcome> floor,
        long expectedDeliveries) {

    private static final double NANOS_A_MILLI = 1e6;

    /// The part of the deliveries that may still be on its way at the end without anybody calling it slow.
    private static final double HELD = 0.95;

    /// The difference of two readings.
    public static Map<Part, Double> difference(Map<Part, Double> before, Map<Part, Double> after) {
        var difference = new EnumMap<Part, Double>(Part.class);
        after.forEach((part, seconds) -> difference.put(part, seconds - before.getOrDefault(part, 0.0)));
        return difference;
    }

    public double deliveriesPerCpuSecond() {
        return counts.deliveredMeanwhile / totalCpuSeconds();
    }

    public double p99Millis() {
        return millis(counts.deliveries, 99);
    }

    /// Whether everything that was due in the measured time came, in order, once, and was acked.
    public boolean isComplete() {
        return counts.faults.get() == 0 && counts.deliveries.getTotalCount() == expectedDeliveries;
    }

    private double totalCpuSeconds() {
        return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// For people.
    public void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s, %.0f messages/s of %d characters, %.0f s measured%n",
                workload,
                plan.rate(),
                plan.contentLength(),
                seconds);
        line(out, "acked", counts.acks);
        line(out, "delivered", counts.deliveries);
        out.printf(
                Locale.ROOT,
                "  %-12s %,d of %,d deliveries, %d faults (gaps, repeats, errors, ended sockets)%n",
                isComplete() ? "complete" : "INCOMPLETE",
                counts.deliveries.getTotalCount(),
                expectedDeliveries,
                counts.faults.get());
        if (!cpuSeconds.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s %.2f s = %.2f cores:",
                    "server CPU",
                    totalCpuSeconds(),
                    totalCpuSeconds() / seconds);
            cpuSeconds.forEach((part, used) ->
                    out.printf(Locale.ROOT, " %s %.2f", part.name().toLowerCase(Locale.ROOT), used));
            out.printf(
                    Locale.ROOT,
                    "%n  %-12s %,.0f deliveries per server-CPU-second%n",
                    "cost",
                    deliveriesPerCpuSecond());
        }
        floor.ifPresent(bare -> out.printf(
                Locale.ROOT,
                "  %-12s %,.0f deliveries per CPU-second of a bare broadcast, ratio %.2f%s%n",
                "floor",
                bare.deliveriesPerCpuSecond(),
                deliveriesPerCpuSecond() / bare.deliveriesPerCpuSecond(),
                bare.meanwhile() < expectedDeliveries * HELD
                        ? String.format(
                                Locale.ROOT,
                                "; it did not hold the rate: %,d of %,d in time",
                                bare.meanwhile(),
                                expectedDeliveries)
                        : ""));
    }

    private void line(PrintStream out, String what, Histogram histogram) {
        out.printf(
                Locale.ROOT,
                "  %-12s %,.0f/s; ms: p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%n",
                what,
                histogram.getTotalCount() / (plan.duration().toMillis() / 1e3),
                millis(histogram, 50),
                millis(histogram, 99),
                millis(histogram, 99.9),
                millis(histogram, 100));
    }

    /// For machines: one line of JSON.
    public String json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("workload", workload);
        members.put("rate", plan.rate());
        members.put("seconds", seconds);
        members.put("acks", counts.acks.getTotalCount());
        members.put("ack_p50_ms", millis(counts.acks, 50));
        members.put("ack_p99_ms", millis(counts.acks, 99));
        members.put("deliveries", counts.deliveries.getTotalCount());
        members.put("deliveries_meanwhile", counts.deliveredMeanwhile);
        members.put("expected_deliveries", expectedDeliveries);
        members.put("delivery_p50_ms", millis(counts.deliveries, 50));
        members.put("delivery_p99_ms", p99Millis());
        members.put("faults", counts.faults.get());
        members.put("cpu_seconds", cpuSeconds);
        floor.ifPresent(bare -> {
            members.put("floor_deliveries", bare.meanwhile());
            members.put("floor_cpu_seconds", bare.cpuSeconds());
        });
        try {
            return new ObjectMapper().writeValueAsString(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }
}
