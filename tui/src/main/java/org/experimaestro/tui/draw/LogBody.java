package org.experimaestro.tui.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.experimaestro.tui.model.JobPlace;
import org.experimaestro.tui.model.LogFinds;
import org.experimaestro.tui.model.LogText;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.text.ForeignText;

/** The drawing of a part of a log: from a line on, or its last lines. */
final class LogBody {
    private static final Pattern ERROR =
            Pattern.compile("\\b(ERROR|FATAL|SEVERE)\\b|Exception|Traceback|Error:|error:");

    private final JobPlace place;
    private final DrawContext context;
    private final Pencil pencil;
    private final int width;

    LogBody(JobPlace place, DrawContext context, Pencil pencil, int width) {
        this.place = place;
        this.context = context;
        this.pencil = pencil;
        this.width = width;
    }

    /** A piece of a line, as wide as the screen; the first one has the line's number. */
    private record Piece(int line, boolean isFirst, String text) {}

    void draw(int from, int to) {
        LogText log = place.log();
        if (!log.none().isEmpty()) {
            pencil.text(1, from, width, log.none(), TextStyle.FAINT);
            return;
        }
        if (to <= from) {
            return;
        }
        int numberWidth = numberWidth(log);
        List<Piece> pieces = place.isFollowing() ? last(to - from, numberWidth) : first(to - from, numberWidth);
        for (int i = 0; i < pieces.size(); i++) {
            line(from + i, pieces.get(i), numberWidth);
        }
    }

    private static int numberWidth(LogText log) {
        return log.firstLine().isEmpty()
                ? 0
                : String.valueOf(log.firstLine().getAsLong() + log.lines().size())
                                .length()
                        + 1;
    }

    private List<Piece> first(int height, int numberWidth) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = place.top(); i < place.log().lines().size() && pieces.size() < height; i++) {
            pieces.addAll(pieces(i, numberWidth));
        }
        return pieces.subList(0, Math.min(height, pieces.size()));
    }

    private List<Piece> last(int height, int numberWidth) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = place.log().lines().size() - 1; i >= 0 && pieces.size() < height; i--) {
            pieces.addAll(0, pieces(i, numberWidth));
        }
        return pieces.subList(Math.max(0, pieces.size() - height), pieces.size());
    }

    private List<Piece> pieces(int index, int numberWidth) {
        String text = ForeignText.logLine(place.log().lines().get(index).text());
        if (!place.isWrapped()) {
            return List.of(new Piece(index, true, text));
        }
        List<Piece> pieces = new ArrayList<>();
        int room = Math.max(2, width - numberWidth - 2);
        int at = 0;
        do {
            int end = Math.max(CellWidth.end(text, at, room), Math.min(text.length(), at + 1));
            pieces.add(new Piece(index, at == 0, text.substring(at, end)));
            at = end;
        } while (at < text.length());
        return pieces;
    }

    private void line(int row, Piece piece, int numberWidth) {
        OptionalLong first = place.log().firstLine();
        if (piece.isFirst() && first.isPresent()) {
            pencil.right(numberWidth, row, String.valueOf(first.getAsLong() + piece.line()), TextStyle.FAINT);
        }
        boolean isError = ERROR.matcher(piece.text()).find();
        if (isError && piece.isFirst()) {
            pencil.canvas().put(0, row, "!", StateLook.FAILED.style());
        }
        TextStyle style = isError ? StateLook.FAILED.style() : TextStyle.PLAIN;
        int at = numberWidth + 1;
        pencil.canvas().field(at, row, width - at, marked(piece.text()), style);
        if (context.isColoured()) {
            highlight(row, at, piece.text());
        }
    }

    private String wanted() {
        return place.finds()
                .filter(finds -> !finds.isPattern())
                .map(LogFinds::text)
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns a line with its matches in brackets, where colours cannot show them. */
    private String marked(String text) {
        String wanted = wanted();
        if (context.isColoured() || wanted.isEmpty()) {
            return text;
        }
        return Pattern.compile(Pattern.quote(wanted), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll("[$0]");
    }

    private void highlight(int row, int at, String text) {
        String wanted = wanted();
        String lower = text.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || lower.length() != text.length()) {
            return;
        }
        for (int i = lower.indexOf(wanted); i >= 0; i = lower.indexOf(wanted, i + wanted.length())) {
            int column = at + CellWidth.of(text.substring(0, i));
            pencil.canvas().field(column, row, width - column, text.substring(i, i + wanted.length()), TextStyle.MARK);
        }
    }
}
