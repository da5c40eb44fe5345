package org.experimaestro.architecture.broken.core.json;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prints, ends the process, and uses what a fast start avoids. */
public final class SlowStart {
    private SlowStart() {}

    /** Does all that. */
    public static void start() {
        List<String> words =
                Stream.of("a b").flatMap(Pattern.compile(" ")::splitAsStream).toList();
        System.out.println(words);
        System.exit(1);
    }
}
