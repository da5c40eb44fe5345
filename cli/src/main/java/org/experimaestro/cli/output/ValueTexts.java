package org.experimaestro.cli.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.DurationWords;
import org.experimaestro.base.text.SizeWords;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;

/** The texts of values, such as durations and tags. */
public final class ValueTexts {
    private ValueTexts() {}

    /** Returns a duration in its two largest units, such as {@code 2 h 5 min}. A negative duration counts as 0. */
    public static String of(Duration duration) {
        return DurationWords.of(duration);
    }

    /** Returns a size in its largest unit of 1024 bytes, such as {@code 1.5 MiB}. */
    public static String size(long bytes) {
        return SizeWords.of(bytes);
    }

    /** Returns tags in the form of a command line, such as {@code layers=3 width=8}. */
    public static String of(Map<String, Object> tags) {
        StringBuilder text = new StringBuilder();
        tags.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(TagValue.show(value)));
        return text.toString();
    }

    /** Returns a number from 0 to 1 as a rounded percentage. */
    public static String percent(double fraction) {
        return Math.round(100 * fraction) + " %";
    }

    /** Returns the first line that is not blank. */
    public static String firstLine(String text) {
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return text.strip();
        }
        return text.lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns the first line that is not blank, cut to {@code most} characters. */
    public static String line(String text, int most) {
        return cut(firstLine(text), most);
    }

    /** Returns a text in its printed form, cut to {@code most} characters. */
    public static String cut(String text, int most) {
        return VisibleText.cut(text, most);
    }

    /**
     * Returns a text in lines of at most {@code columns} columns; a longer word has a line of its own. Paragraphs are
     * kept.
     */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.strip().split("\\s+")) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
