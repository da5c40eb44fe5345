package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.jspecify.annotations.Nullable;

/** The notes and tags of a view's runs. The files are read once, when they are first asked for. Thread-safe. */
final class RunNotes {
    private final JobsView view;
    private final Map<String, List<Note>> notes = new HashMap<>();

    RunNotes(JobsView view) {
        this.view = view;
    }

    /** Returns the notes on runs; {@code null} if there are none. */
    @Nullable
    List<String> texts(List<String> runs) {
        List<Note> all = new ArrayList<>();
        runs.forEach(run -> all.addAll(of(run)));
        return JobField.texts(all);
    }

    /** Returns the value of a tag of runs, the last one that has it; {@code null} if none has. */
    @Nullable
    String tag(List<String> runs, String tag) {
        String value = null;
        for (String run : runs) {
            value = Notes.tags(of(run)).getOrDefault(tag, value);
        }
        return value;
    }

    /** Returns the names of the tags of all runs. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        view.runs()
                .forEach(run -> names.addAll(
                        Notes.tags(of(run.folder().qualifiedName())).keySet()));
        return names;
    }

    private synchronized List<Note> of(String run) {
        if (notes.isEmpty()) {
            view.runs().forEach(each -> notes.put(each.folder().qualifiedName(), each.notes()));
        }
        return notes.getOrDefault(run, List.of());
    }
}
