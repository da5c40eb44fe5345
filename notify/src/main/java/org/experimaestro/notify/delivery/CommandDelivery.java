package org.experimaestro.notify.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.settings.NotificationSettings.Command;

/** The delivery by a command of the user, started without a shell. Its input is the notification as JSON. */
final class CommandDelivery implements Delivery {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MOST_SHOWN = 200;
    private static final int MOST_READ = 1 << 16;

    private final Command command;

    CommandDelivery(Command command) {
        this.command = command;
    }

    @Override
    public void deliver(Notification notification) throws DeliveryException, InterruptedException {
        List<String> words = command.words().stream()
                .map(word -> word.fill(name -> notification.value(name).replace("\0", ""), name -> ""))
                .toList();
        run(words, notification.toJson(), LIMIT);
    }

    /** Runs a command. Its output goes to a file, so that a process that it leaves behind holds up nobody. */
    static void run(List<String> words, String input, Duration limit) throws DeliveryException, InterruptedException {
        String program = VisibleText.of(words.getFirst());
        try {
            Path output = Files.createTempFile("experimaestro-notify-", ".log");
            try {
                Process process = new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                try {
                    // Not in this thread: a command that does not read would hold it up.
                    Thread.ofVirtual().start(() -> write(process, input));
                    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                        throw new DeliveryException(
                                program + " has not ended within " + limit.toSeconds() + " s", true);
                    }
                } finally {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                if (process.exitValue() != 0) {
                    throw new DeliveryException(
                            program + " ended with exit code " + process.exitValue() + lastLine(output), true);
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException failed) {
            throw new DeliveryException(program + " cannot be started: " + failed.getMessage(), true);
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write((input + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // The command reads no input, which is its own affair.
        }
    }

    private static String lastLine(Path output) throws IOException {
        try (var in = Files.newInputStream(output)) {
            String text = new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8).strip();
            String last = text.substring(text.lastIndexOf('\n') + 1).strip();
            return last.isEmpty() ? "" : ": " + VisibleText.cut(last, MOST_SHOWN);
        }
    }
}
