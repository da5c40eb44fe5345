package org.experimaestro.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The power of the NVIDIA cards that a job has, which {@code nvidia-smi} tells. The program runs beside the job: its answer
 * is read at the next look, so nothing waits for it. Confined to one thread.
 */
final class GpuPower {
    private static final String[] QUESTION = {
        "nvidia-smi", "--query-gpu=index,uuid,power.draw", "--format=csv,noheader,nounits"
    };

    private final String[] cards;
    private final String[] question;
    private @Nullable Process asked;
    private boolean isMissing;
    private boolean isEnded;
    private double watts;

    /**
     * Creates the power of some cards.
     *
     * @param visible the numbers or names of the job's cards, as in {@code CUDA_VISIBLE_DEVICES}; {@code null} or empty for
     *     none, because then nobody has given the job cards
     */
    GpuPower(@Nullable String visible) {
        this(visible, QUESTION);
    }

    /** Creates the power of some cards, which a given command tells. */
    GpuPower(@Nullable String visible, String... question) {
        this.question = question;
        this.cards = visible == null || visible.isBlank() ? new String[0] : visible.split(",", -1);
    }

    /**
     * Asks for the power, and reads the last answer if it is there.
     *
     * @return the power of all cards of the job in watts, by the last answer; 0 before the first
     */
    double look() {
        if (cards.length == 0 || isMissing) {
            return watts;
        }
        Process running = asked;
        if (running != null && running.isAlive()) {
            // It takes much longer than it may. In a driver that hangs it outlives this, and no other one is started.
            running.destroyForcibly();
            isEnded = true;
            return watts;
        }
        if (running != null && !isEnded) {
            read(running);
        }
        try {
            isEnded = false;
            asked = new ProcessBuilder(question)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            isMissing = true;
        }
        return watts;
    }

    /** Ends the program if it still runs. */
    void end() {
        Process running = asked;
        if (running != null) {
            running.destroyForcibly();
            asked = null;
        }
    }

    private void read(Process ended) {
        try (InputStream answer = ended.getInputStream()) {
            watts = watts(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            isMissing = true;
        }
    }

    /** Returns the sum of the power in lines such as {@code 0, GPU-1f2e, 71.20}, of the job's cards alone. */
    double watts(String answer) {
        double sum = 0;
        int start = 0;
        while (start < answer.length()) {
            int end = answer.indexOf('\n', start);
            String line = answer.substring(start, end < 0 ? answer.length() : end);
            int first = line.indexOf(',');
            int second = line.indexOf(',', first + 1);
            if (second > 0
                    && isOurs(
                            line.substring(0, first).strip(),
                            line.substring(first + 1, second).strip())) {
                sum += number(line.substring(second + 1).strip());
            }
            start = end < 0 ? answer.length() : end + 1;
        }
        return sum;
    }

    private boolean isOurs(String index, String uuid) {
        for (String card : cards) {
            String name = card.strip();
            if (name.equals(index) || name.length() > 4 && uuid.startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException unsupported) {
            return 0; // "[N/A]" of a card that does not measure it
        }
    }
}
