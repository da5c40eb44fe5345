package org.experimaestro.architecture.broken.cli;

import java.util.List;

/** Prints what it was told, as it is. */
final class Loud {
    private Loud() {}

    static void print(List<String> lines) {
        lines.forEach(System.out::println);
    }
}
