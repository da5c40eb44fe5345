package org.experimaestro.tui.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.experimaestro.tui.wire.WireLog;

/** The part of a log that was read: always one piece, of so many lines. Confined to the view's thread. */
public final class LogText {
    private static final int MOST_LINES = 20_000;

    private final List<LogLine> lines = new ArrayList<>();
    private long from;
    private long to;
    private long size;
    private OptionalLong firstLine = OptionalLong.empty();
    private OptionalLong total = OptionalLong.empty();
    private boolean isGrowing;
    private boolean isRead;
    private String none = "";

    LogText() {}

    /** Takes a part in place of all others. */
    void replace(WireLog part) {
        lines.clear();
        lines.addAll(parse(part));
        from = part.from();
        to = part.to();
        firstLine = part.firstLine();
        take(part);
    }

    /** Takes the part behind the last one. Returns whether it adds anything. */
    boolean append(WireLog part) {
        take(part);
        if (part.from() > to || part.to() <= to && part.from() <= to) {
            return false;
        }
        // A line whose end was not there yet is read again from its beginning.
        while (!lines.isEmpty() && lines.getLast().at() >= part.from()) {
            lines.removeLast();
        }
        lines.addAll(parse(part));
        to = part.to();
        int tooMany = lines.size() - MOST_LINES;
        if (tooMany > 0) {
            lines.subList(0, tooMany).clear();
            from = lines.getFirst().at();
            firstLine = firstLine.isPresent() ? OptionalLong.of(firstLine.getAsLong() + tooMany) : firstLine;
        }
        return true;
    }

    /** Takes the part before the first one. Returns the number of lines that it adds. */
    int prepend(WireLog part) {
        take(part);
        if (part.from() >= from || part.to() < from) {
            return 0;
        }
        List<LogLine> before =
                parse(part).stream().filter(line -> line.at() < from).toList();
        lines.addAll(0, before);
        from = part.from();
        firstLine = part.firstLine();
        if (lines.size() > MOST_LINES) {
            to = lines.get(MOST_LINES).at();
            lines.subList(MOST_LINES, lines.size()).clear();
        }
        return before.size();
    }

    private void take(WireLog part) {
        size = part.size();
        total = part.lines();
        isGrowing = part.isGrowing();
        none = part.none().orElse("");
        isRead = true;
    }

    private static List<LogLine> parse(WireLog part) {
        List<LogLine> parsed = new ArrayList<>();
        String text = part.text();
        long at = part.from();
        int begin = 0;
        while (begin < text.length()) {
            int lineBreak = text.indexOf('\n', begin);
            int end = lineBreak < 0 ? text.length() : lineBreak;
            String line = text.substring(begin, end);
            parsed.add(new LogLine(at, line));
            at += line.getBytes(StandardCharsets.UTF_8).length + 1;
            begin = end + 1;
        }
        return parsed;
    }

    /** Returns the index of the line that has a byte. */
    int lineAt(long at) {
        int index = lines.size() - 1;
        while (index > 0 && lines.get(index).at() > at) {
            index--;
        }
        return Math.max(0, index);
    }

    boolean has(long at) {
        return at >= from && at < to;
    }

    /** Returns the lines that were read. */
    public List<LogLine> lines() {
        return lines;
    }

    /** Returns the first byte that was read. */
    long from() {
        return from;
    }

    /** Returns the byte behind the last one that was read. */
    long to() {
        return to;
    }

    /** Returns whether the last part is the end of the log. */
    public boolean isAtEnd() {
        return to >= size;
    }

    /** Returns the number of the first line that was read, from 1. */
    public OptionalLong firstLine() {
        return firstLine;
    }

    /** Returns the number of lines of the whole log. */
    public OptionalLong total() {
        return total;
    }

    /** Returns the size of the whole log in bytes. */
    public long size() {
        return size;
    }

    /** Returns whether the job may print more. */
    public boolean isGrowing() {
        return isGrowing;
    }

    /** Returns whether anything was read. */
    public boolean isRead() {
        return isRead;
    }

    /** Returns why there is no log; empty if there is one. */
    public String none() {
        return none;
    }
}
