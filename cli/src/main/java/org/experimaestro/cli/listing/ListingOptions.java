package org.experimaestro.cli.listing;

import java.util.List;
import org.experimaestro.cli.option.NamesConverter;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments and options of all listings. */
public final class ListingOptions {
    @Parameters(
            paramLabel = "[FILE.yaml] [FILTER...]",
            arity = "0..*",
            hideParamSyntax = true,
            description = {
                "The file of an experiment: only its jobs, in its workspace.",
                "A filter of jobs, such as 'state=failed and age<2h', or @NAME for one of settings.yaml; several must"
                        + " all hold. docs/filter.md has the language."
            })
    private List<String> words = List.of();

    @Option(
            names = "--json",
            description = "Print one JSON object a line, with all fields, or with those of --columns.")
    private boolean json;

    @Option(
            names = "--columns",
            paramLabel = "NAME[,NAME...]",
            converter = NamesConverter.class,
            description = {"Only these columns, separated by commas. An unknown name lists all.", NamesConverter.QUOTES
            })
    private List<NamesConverter.Names> columns = List.of();

    @Option(
            names = "--sort",
            paramLabel = "NAME[,NAME...]",
            converter = NamesConverter.class,
            description =
                    "Sort by these columns; --sort=-NAME begins with the greatest. Rows without a value are last.")
    private List<NamesConverter.Names> sort = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "The first N rows only.")
    private @Nullable Integer limit;

    @Option(
            names = "--watch",
            description =
                    "Stay, and show changes within a second, as many rows as the terminal has lines. Ctrl-C ends it.")
    private boolean watch;

    @Mixin
    private final LinkOption link = new LinkOption();

    /** Returns the arguments: the file of an experiment, and filters. */
    public List<String> words() {
        return words;
    }

    LinkOption link() {
        return link;
    }

    boolean isJson() {
        return json;
    }

    /** Returns the names of the option {@code --columns}; none without it. */
    public List<String> columns() {
        return NamesConverter.list(columns);
    }

    /** Returns the names of the option {@code --sort}, with a minus for the greatest value first. */
    public List<String> sort() {
        return NamesConverter.list(sort);
    }

    @Nullable
    Integer limit() {
        return limit;
    }

    /** Opens the workspace of the listing. One that is watched need not exist yet. */
    public Workspace open(WorkdirOption workdir) {
        return watch ? workdir.follow() : workdir.view();
    }

    boolean isWatch() {
        return watch;
    }
}
