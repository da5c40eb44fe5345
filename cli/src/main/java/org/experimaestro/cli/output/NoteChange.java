package org.experimaestro.cli.output;

import java.time.Instant;
import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;

/** A note that a user adds or removes. */
public final class NoteChange {
    private NoteChange() {}

    /**
     * Adds a note, or removes the notes of the same text.
     *
     * @param notes the notes of a job or a run
     * @param owner the job or the run, as the beginning of a sentence
     * @param text the note
     * @param remove whether it is removed
     * @return what was done, as a sentence
     * @throws WorkspaceException if there is no such note, or its file cannot be changed
     */
    public static String make(Notes notes, String owner, String text, boolean remove) {
        if (!remove) {
            notes.add(text, Instant.now());
            return owner + " has the note";
        }
        int removed = notes.removeNote(text);
        if (removed == 0) {
            List<String> known = notes.list().stream()
                    .filter(note -> !note.isTag())
                    .map(Note::text)
                    .toList();
            throw WorkspaceException.of(owner + " has no note \"" + text + "\"")
                    .advice(
                            known.isEmpty()
                                    ? "it has no notes"
                                    : "its notes are \"" + String.join("\", \"", known) + "\"")
                    .build();
        }
        return owner + (removed == 1 ? " has lost the note" : " has lost " + removed + " notes");
    }
}
