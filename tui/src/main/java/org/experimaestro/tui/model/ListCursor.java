package org.experimaestro.tui.model;

import java.util.List;

/** The cursor of a short list: it stays on its line by the line's name, wherever that goes. */
final class ListCursor {
    private String id = "";
    private int index;

    /** Returns the index of the cursor in the list as it is now; 0 if the list is empty. */
    int in(List<String> ids) {
        int found = ids.indexOf(id);
        return found >= 0 ? found : Math.clamp(index, 0, Math.max(0, ids.size() - 1));
    }

    /** Moves by some lines. */
    void move(List<String> ids, int delta) {
        set(ids, in(ids) + delta);
    }

    void set(List<String> ids, int wanted) {
        if (!ids.isEmpty()) {
            index = Math.clamp(wanted, 0, ids.size() - 1);
            id = ids.get(index);
        }
    }
}
