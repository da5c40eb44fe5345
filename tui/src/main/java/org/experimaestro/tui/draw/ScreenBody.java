package org.experimaestro.tui.draw;

import java.util.List;
import org.experimaestro.tui.model.Model;

/** A drawing of a screen, between the title and the keys. It changes nothing but the canvas. */
interface ScreenBody {
    /** Returns the title, such as the name of the run. */
    String title();

    /** Returns what stands behind the title in less weight; empty for nothing. */
    default String remark(Model model) {
        return "";
    }

    /** Draws the line below the title. */
    void drawHead(Pencil pencil, Model model, int row);

    /** Draws the lines from one to before another one. */
    void draw(Pencil pencil, Model model, int from, int to);

    /** Returns the line above the keys; empty for none. */
    default String status(Model model) {
        return "";
    }

    /** Returns the most useful keys with their words, the most useful one first. */
    List<String> keys();
}
