package org.experimaestro.launcher.direct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** A detector of a host's cores, memory and accelerators. */
final class MachineDescription {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long KIBIBYTE = 1024;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern MEGABYTES = Pattern.compile("\\d{1,9}");

    /**
     * The script that detects them. In {@code nvidia-smi --help-query-gpu}, memory is in MiB with {@code nounits}.
     */
    private static final String SCRIPT = """
            export LC_ALL=C
            echo "name=$(uname -n)"
            echo "system=$(uname -s) $(uname -m)"
            echo "cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || sysctl -n hw.ncpu)"
            if [ -r /proc/meminfo ]; then
              while read -r key value unit; do
                if [ "$key" = MemTotal: ]; then echo "kibibytes=$value"; fi
              done </proc/meminfo
            else
              echo "bytes=$(sysctl -n hw.memsize)"
            fi
            if command -v nvidia-smi >/dev/null 2>&1; then
              nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits | while IFS= read -r line; do
                echo "cuda=$line"
              done
            fi
            """;

    private MachineDescription() {}

    static ClusterDescription read(Shell shell) throws RefusedException, UnreachableException, InterruptedException {
        Shell.Output output = shell.run(SCRIPT, LIMIT);
        if (!output.isSuccess()) {
            throw new RefusedException("The host does not describe itself: " + output.complaint());
        }
        return parse(output.out());
    }

    /**
     * Reads the script's output.
     *
     * @param text lines {@code KEY=VALUE}
     * @return one host
     * @throws RefusedException if cores or memory are missing
     */
    static ClusterDescription parse(String text) throws RefusedException {
        Map<String, String> values = new HashMap<>();
        List<String> cards = new ArrayList<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            String key = line.substring(0, Math.max(equals, 0));
            String value = line.substring(equals + 1).strip();
            if (key.equals("cuda")) {
                cards.add(value);
            } else {
                values.put(key, value);
            }
        });
        int cores = (int) number(values, "cores", Integer.MAX_VALUE);
        long memory = values.containsKey("bytes")
                ? number(values, "bytes", Long.MAX_VALUE)
                : number(values, "kibibytes", Long.MAX_VALUE / KIBIBYTE) * KIBIBYTE;
        List<HostDescription.Accelerators> accelerators = cuda(cards);
        if (values.getOrDefault("system", "").equals("Darwin arm64")) {
            // Apple's graphics processors have no memory of their own.
            accelerators.add(new HostDescription.Accelerators(AcceleratorKind.MPS, "", memory, 1));
        }
        HostDescription host = new HostDescription(
                values.getOrDefault("name", "host"), 1, cores, memory, accelerators, new TreeSet<>());
        return new ClusterDescription(List.of(host), List.of());
    }

    /** Returns a number from 1. */
    private static long number(Map<String, String> values, String key, long most) throws RefusedException {
        String value = values.getOrDefault(key, "");
        long number = NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
        if (number < 1 || number > most) {
            throw new RefusedException("The host does not say its " + key + ", but \"" + value + "\"");
        }
        return number;
    }

    /**
     * Reads lines such as {@code NVIDIA A100-SXM4-40GB, 40960}. A card that does not report its memory has {@code
     * [N/A]}.
     */
    private static List<HostDescription.Accelerators> cuda(List<String> cards) {
        Map<HostDescription.Accelerators, Integer> counts = new LinkedHashMap<>();
        for (String card : cards) {
            int comma = card.lastIndexOf(',');
            if (comma < 0) {
                // The line is not a card, but a message such as "No devices were found".
                continue;
            }
            String megabytes = card.substring(comma + 1).strip();
            long memory = MEGABYTES.matcher(megabytes).matches() ? Long.parseLong(megabytes) * MEBIBYTE : 0;
            counts.merge(
                    new HostDescription.Accelerators(
                            AcceleratorKind.CUDA, card.substring(0, comma).strip(), memory, 1),
                    1,
                    Integer::sum);
        }
        List<HostDescription.Accelerators> accelerators = new ArrayList<>();
        counts.forEach((one, count) ->
                accelerators.add(new HostDescription.Accelerators(one.kind(), one.name(), one.memory(), count)));
        return accelerators;
    }
}
