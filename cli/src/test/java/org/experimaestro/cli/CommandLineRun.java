package org.experimaestro.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * What a command did, run in this process: its exit code, and what it wrote to both outputs, in the order of writing.
 *
 * @param exitCode the exit code
 * @param text all output
 */
public record CommandLineRun(int exitCode, String text) {

    private static final Pattern PLACE =
            Pattern.compile("^(Experiment|Dry run of experiment|Generating experiment|Preparing experiment) ");

    /** Runs {@code experimaestro} with these arguments. */
    public static CommandLineRun of(String... arguments) {
        return of(() -> Main.run(arguments));
    }

    public static CommandLineRun of(IntSupplier command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        var bytes = new ByteArrayOutputStream();
        try (var both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            int exitCode = command.getAsInt();
            both.flush();
            return new CommandLineRun(exitCode, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            // A command ends its process: it need not put this back itself.
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    /** The output without the lines that tell of the preparation and of the place. */
    public String told() {
        return String.join(
                "\n",
                text.lines()
                        .filter(line ->
                                !line.endsWith(" …") && !PLACE.matcher(line).find())
                        .toList());
    }

    public boolean compiled() {
        return text.contains("Compiling ");
    }
}
