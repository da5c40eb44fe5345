package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The messages of docs/troubleshooting.md are those of the code: each text in backquotes in a column "You see" is part of a
 * string of a source, where {@code …} stands for what the code inserts.
 */
class TroubleshootingPageTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    /** Texts of javac, and the end of the name of each generated class. */
    private static final Set<String> OF_OTHERS = Set.of("cannot find symbol", "Builder");

    @Test
    void messages_ofThePage_areInTheCode() throws IOException {
        List<String> messages =
                messages(Page.read(Page.ROOT.resolve("docs/troubleshooting.md")).lines());

        assertThat(messages).hasSizeGreaterThan(30);
        assertThat(unknown(messages, sources())).isEmpty();
    }

    @Test
    void unknown_changedMessage_isNamed() {
        List<String> table =
                List.of("| You see | Cause |", "|---|---|", "| `no … there` | none |", "", "| `other` | x |");

        assertThat(messages(table)).containsExactly("no … there");
        assertThat(unknown(messages(table), "\"no \" + name + \" there\"")).isEmpty();
        assertThat(unknown(messages(table), "\"no \" + name + \" here\"")).containsExactly("no … there");
    }

    private static List<String> messages(List<String> lines) {
        List<String> messages = new ArrayList<>();
        boolean isTable = false;
        for (String line : lines) {
            if (line.startsWith("| You see |")) {
                isTable = true;
            } else if (!line.startsWith("|")) {
                isTable = false;
            } else if (isTable && line.startsWith("| ")) {
                Matcher quoted = QUOTED.matcher(line.substring(0, line.indexOf(" | ")));
                while (quoted.find()) {
                    messages.add(quoted.group(1));
                }
            }
        }
        return messages;
    }

    private static List<String> unknown(List<String> messages, String sources) {
        return messages.stream()
                .filter(message -> !OF_OTHERS.contains(message))
                .filter(message -> !Stream.of(message.split("…")).allMatch(sources::contains))
                .toList();
    }

    /** All main sources, in which a string that goes on in the next line is one string. */
    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path sources = module.resolve("src/main/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                                .toList()) {
                            text.append(JOINED.matcher(Files.readString(file)).replaceAll(""));
                        }
                    }
                }
            }
        }
        return text.toString();
    }
}
