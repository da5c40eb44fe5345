package org.experimaestro.disturbance.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds one parser with inputs made of good ones, and fails when the parser breaks its contract: it returns, or throws one of
 * its own exceptions with a message that names the source; it takes neither long nor much memory. What else must hold of a
 * result, such as that its text reads back, the parser given here checks itself.
 *
 * <p>Few inputs are tried, the same in each build, unless one of these system properties is set:
 *
 * <ul>
 *   <li>{@code fuzz.minutes}: for how long inputs are tried, others each time;
 *   <li>{@code fuzz.seed}: the number of the first input, as a failure tells it;
 *   <li>{@code fuzz.inputs}: how many are tried at least, by default 200.
 * </ul>
 *
 * <p>Confined to one thread, used once.
 */
public final class Fuzz {
    /** Long enough for a machine that does other things too: a parser is slow when it takes this long for some kilobytes. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** A build has dozens of readers to try, some of them of files. */
    private static final int INPUTS = 200;

    private final String name;
    private final List<byte[]> seeds = new ArrayList<>();
    private final List<byte[]> words = new ArrayList<>();
    private final List<Class<? extends Throwable>> refusals = new ArrayList<>();
    private String source = "";

    private Fuzz(String name) {
        this.name = name;
    }

    /** A parser of bytes, with what must hold of its result. */
    @FunctionalInterface
    public interface BytesParser {
        /**
         * Reads an input.
         *
         * @param input what it reads
         * @throws Exception if it refuses the input
         */
        void read(byte[] input) throws Exception;
    }

    /** A parser of text, with what must hold of its result. */
    @FunctionalInterface
    public interface TextParser {
        /**
         * Reads an input.
         *
         * @param input what it reads; possibly not well-formed
         * @throws Exception if it refuses the input
         */
        void read(String input) throws Exception;
    }

    /**
     * Begins with nothing but a name.
     *
     * @param name what failures, and the files of failing inputs, are called
     * @return what is told the rest
     */
    public static Fuzz of(String name) {
        return new Fuzz(name);
    }

    /**
     * Adds inputs that the parser must accept, and others are made of.
     *
     * @param texts the inputs
     * @return this
     */
    public Fuzz seeds(String... texts) {
        for (String text : texts) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /**
     * Adds an input that the parser must accept, and others are made of.
     *
     * @param input the input
     * @return this
     */
    public Fuzz seed(byte[] input) {
        seeds.add(input.clone());
        return this;
    }

    /**
     * Adds words of the format that are put into inputs.
     *
     * @param texts the words
     * @return this
     */
    public Fuzz words(String... texts) {
        for (String text : texts) {
            words.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /**
     * Says how the parser refuses an input. Every other exception, and every error, is a failure.
     *
     * @param exception what it throws, with a message
     * @return this
     */
    public Fuzz refusedBy(Class<? extends Throwable> exception) {
        refusals.add(exception);
        return this;
    }

    /**
     * Says what every message of a refusal must have in it.
     *
     * @param text what the parser is told of where the input comes from
     * @return this
     */
    public Fuzz naming(String text) {
        source = text;
        return this;
    }

    /**
     * Tries the inputs as text. A byte that is not UTF-8 is read as half of a surrogate pair, which a command line or an
     * escape may hold as well.
     *
     * @param parser the parser
     * @throws AssertionError if it breaks its contract, with the input's number, and the file that has the input
     */
    public void text(TextParser parser) {
        bytes(input -> parser.read(new String(input, StandardCharsets.UTF_8).replace('\uFFFD', '\uD800')));
    }

    /**
     * Tries the inputs as they are.
     *
     * @param parser the parser
     * @throws AssertionError if it breaks its contract, with the input's number, and the file that has the input
     */
    public void bytes(BytesParser parser) {
        bytes(parser, LONGEST, Path.of("target", "fuzz"));
    }

    /** Tries the inputs. The folder gets those that fail. */
    void bytes(BytesParser parser, Duration longest, Path folder) {
        Watch watch = new Watch(name, new Contract(parser, refusals, source), longest, folder);
        watch.run(() -> tryInputs(watch));
    }

    private void tryInputs(Watch watch) {
        for (byte[] seed : seeds) {
            watch.accept(seed);
        }
        Mutations mutations = new Mutations(seeds, words);
        long minutes = Long.getLong("fuzz.minutes", 0);
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        long first = Long.getLong("fuzz.seed", minutes > 0 ? System.nanoTime() : 1);
        long inputs = Long.getLong("fuzz.inputs", INPUTS);
        for (long i = 0; i < inputs || System.nanoTime() < end; i++) {
            watch.tryOut(mutations.input(first + i), first + i);
        }
    }
}
