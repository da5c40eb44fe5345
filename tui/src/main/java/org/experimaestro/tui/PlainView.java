package org.experimaestro.tui;

import java.util.List;
import org.experimaestro.tui.client.RefusedQuestion;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.client.WorkspaceClient;
import org.experimaestro.tui.draw.DrawContext;
import org.experimaestro.tui.draw.ViewDraw;
import org.experimaestro.tui.model.Message;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Update;
import org.experimaestro.tui.screen.Glyphs;
import org.experimaestro.tui.screen.ScreenSize;

/** The first screen as plain text, for where there is no terminal. */
public final class PlainView {
    private static final int ROWS = 1000;

    private PlainView() {}

    /**
     * Asks for the first screen, and draws it.
     *
     * @param client the workspace
     * @param options the choices
     * @param columns the width
     * @return its lines
     * @throws RefusedQuestion if the workspace does not answer
     */
    public static List<String> lines(WorkspaceClient client, ViewOptions options, int columns) throws RefusedQuestion {
        Model model = TerminalView.model(options, new ScreenSize(columns, ROWS));
        for (ViewQuestion<?> question : model.questions()) {
            answer(client, model, question);
        }
        return ViewDraw.plain(model, new DrawContext(options.zone(), false), columns, Glyphs.of(options.charset()));
    }

    private static <T extends Record> void answer(WorkspaceClient client, Model model, ViewQuestion<T> question)
            throws RefusedQuestion {
        Update.of(model, new Message.Answered(question, client.ask(question)));
    }
}
