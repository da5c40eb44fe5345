package org.experimaestro.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file the file
 * @param lines its lines
 */
record Page(Path file, List<String> lines) {
    private static final String FENCE = "```";
    private static final Pattern SOURCE = Pattern.compile("<!-- from (\\S+) -->");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");

    /** The clone's folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    static Page read(Path file) throws IOException {
        return new Page(file, Files.readAllLines(file));
    }

    /** The pages at the top of the clone and in docs. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(read(file));
            }
        }
        return pages;
    }

    /**
     * A block of code.
     *
     * @param language what follows the fence
     * @param line the number of its first line of code, from 1
     * @param source the file that the line before the fence names
     * @param code its lines
     */
    record Block(String language, int line, Optional<String> source, List<String> code) {}

    /** The blocks of code. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(FENCE)) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
                    end++;
                }
                String language = lines.get(i).strip().substring(FENCE.length());
                blocks.add(new Block(language, i + 2, source(i), lines.subList(i + 1, Math.min(end, lines.size()))));
                i = end;
            }
        }
        return blocks;
    }

    private Optional<String> source(int fence) {
        Matcher marker = SOURCE.matcher(fence == 0 ? "" : lines.get(fence - 1).strip());
        return marker.matches() ? Optional.of(marker.group(1)) : Optional.empty();
    }

    /** The places in the clone that the page links to, without those in blocks of code. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        boolean inCode = false;
        for (String line : lines) {
            if (line.strip().startsWith(FENCE)) {
                inCode = !inCode;
            }
            Matcher link = LINK.matcher(inCode ? "" : line.replaceAll("`[^`]*`", ""));
            while (link.find()) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links.add(link.group(1));
                }
            }
        }
        return links;
    }

    /** The anchors of the headings, as GitHub makes them. */
    List<String> anchors() {
        return lines.stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Whether these lines follow one another in a text, whatever indents all of them. */
    static boolean isExcerpt(List<String> code, List<String> text) {
        List<String> wanted = withoutIndent(code);
        for (int start = 0; start + code.size() <= text.size(); start++) {
            if (withoutIndent(text.subList(start, start + code.size())).equals(wanted)) {
                return !code.isEmpty();
            }
        }
        return false;
    }

    /** The lines without the spaces that all of them begin with. */
    static List<String> withoutIndent(List<String> code) {
        int indent = code.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return code.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent).stripTrailing())
                .toList();
    }

    /**
     * What a text has now between the first and the last line of an excerpt of its former self.
     *
     * @return empty if the text no longer has these two lines
     */
    static Optional<List<String>> refreshed(List<String> code, List<String> text) {
        String first = code.getFirst().strip();
        String last = code.getLast().strip();
        for (int start = 0; start < text.size(); start++) {
            if (text.get(start).strip().equals(first)) {
                int least = start + (code.size() > 1 ? 1 : 0);
                for (int end = least; end < text.size(); end++) {
                    if (text.get(end).equals(text.get(start).replace(first, last))) {
                        return Optional.of(withoutIndent(text.subList(start, end + 1)));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
