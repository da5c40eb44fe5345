package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.monitor.filter.Filter;

/** A command line that does what an answer shows, for people who copy it into a shell. Confined to one thread. */
final class ShownCommand {
    private final List<String> words = new ArrayList<>();
    private final Optional<String> host;

    /**
     * Creates a command on a workspace.
     *
     * @param monitored the workspace
     * @param command the words of the command, such as {@code table}
     */
    ShownCommand(Monitored monitored, String... command) {
        host = monitored.sshHost();
        words.add("experimaestro");
        words.addAll(List.of(command));
        add("--workdir", monitored.workspace().root().toString());
    }

    /** Adds an option with its value. */
    ShownCommand add(String option, String value) {
        words.add(option);
        words.add(value);
        return this;
    }

    /** Adds an option that takes several values, unless there is none. */
    ShownCommand add(String option, List<String> values) {
        return values.isEmpty() ? this : add(option, String.join(",", values));
    }

    /** Adds an option without a value. */
    ShownCommand add(String option) {
        words.add(option);
        return this;
    }

    /** Adds the filter of a selection, with its run. */
    ShownCommand add(Selection selection) {
        Filter filter = selection
                .run()
                .map(run -> Filter.ofRun(run.folder().experiment(), run.folder().name())
                        .and(selection.filter()))
                .orElse(selection.filter());
        return filter.equals(Filter.ALL) ? this : add("--filter", filter.toString());
    }

    /** Returns the command, quoted for a shell of the person who reads it, which may be on another host. A name with the character 0, which no command can have, has � there. */
    @Override
    public String toString() {
        String command = words.stream()
                .map(word -> ShellWord.of(word.replace('\0', '\ufffd')))
                .collect(Collectors.joining(" "));
        return host.map(name -> "ssh " + ShellWord.of(name) + " " + ShellWord.of(command))
                .orElse(command);
    }
}
