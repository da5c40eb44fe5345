package org.experimaestro.cli.configuration;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.PlanCodes;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.monitor.type.JobClassPaths;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.type.TypeInfo;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro describe}, which shows a configuration type and its parameters. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = {
            "Describes a configuration type: its parameters, their types, defaults and limits, and the documentation"
                    + " in the source.",
            "The types are those of --class-path and --plan where given, then those of the code that the jobs of the"
                    + " workspace run, the latest first.",
            "Only types that were compiled with the annotation processor are described."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro describe manual.search",
            "  experimaestro describe manual.search --plan debug.yaml --json"
        })
public final class DescribeCommand implements Callable<Integer> {
    private final Function<Path, List<Path>> planClassPath;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] [TYPE]",
            arity = "0..2",
            hideParamSyntax = true,
            description =
                    "A type id, or the name of a class; without it, all types are listed. Before it, the file of an"
                            + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object a line and type.")
    private boolean json;

    @Option(
            names = "--html",
            description = {
                "Print one web page about all types, or about TYPE. It loads nothing else, so it can be sent or kept:",
                "experimaestro describe --html > types.html"
            })
    private boolean html;

    @Option(
            names = {"--class-path", "--classpath"},
            paramLabel = "PATHS",
            description = "Jars and folders of classes, separated as for java.")
    private @Nullable String classPath;

    @Option(names = "--plan", paramLabel = "FILE.yaml", description = "The file of an experiment: its plan's code.")
    private @Nullable Path plan;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command for picocli. */
    public DescribeCommand() {
        this(PlanCodes::classPath);
    }

    /**
     * Creates the command.
     *
     * @param planClassPath compiles the plan that an experiment's file names, and returns its class path
     */
    public DescribeCommand(Function<Path, List<Path>> planClassPath) {
        this.planClassPath = planClassPath;
    }

    @Override
    public Integer call() {
        if (json && html) {
            throw new ParameterException(spec.commandLine(), "Give one of --json and --html");
        }
        String type = workdir.takeFileAndAtMostOne(words).orElse(null);
        List<String> problems = new ArrayList<>();
        boolean isGiven = classPath != null || plan != null;
        Optional<Workspace> workspace = isGiven ? workdir.find() : Optional.of(workdir.view());
        TypeCatalog catalog = TypeCatalog.of(code(workspace, problems));
        problems.addAll(catalog.problems());
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        problems.forEach(err::warning);
        // The page describes the types of the workspace alone.
        Optional<PageView> page = isGiven
                ? Optional.empty()
                : Optional.of(
                        type == null
                                ? PageView.of(PageScreen.TYPES)
                                : PageView.of(
                                        PageScreen.TYPE, catalog.type(type).typeId()));
        if (link.isOnly()) {
            return link.print(workspace.orElseGet(workdir::view), page);
        }
        if (html) {
            new TypePage(type == null ? catalog.types() : List.of(catalog.type(type))).write(out::line);
        } else if (type != null) {
            TypeInfo found = catalog.type(type);
            (json ? List.of(Line.of(TypeTexts.json(found))) : TypeTexts.page(found)).forEach(out::line);
        } else if (json) {
            catalog.types().forEach(each -> out.line(TypeTexts.json(each)));
        } else if (catalog.types().isEmpty()) {
            err.line("No types are described here; they are when their code is compiled with the annotation processor");
        } else {
            TypeTexts.table(catalog.types()).forEach(out::line);
        }
        if (!json && !html) {
            workspace.ifPresent(shown -> link.show(shown, page));
        }
        return ExitCode.OK;
    }

    private Set<Path> code(Optional<Workspace> workspace, List<String> problems) {
        Set<Path> code = new LinkedHashSet<>();
        if (classPath != null) {
            for (String entry : classPath.split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    code.add(existing(Path.of(entry)));
                }
            }
        }
        if (plan != null) {
            code.addAll(planClassPath.apply(plan));
        }
        workspace.ifPresent(found -> code.addAll(JobClassPaths.of(found, problems)));
        return code;
    }

    private static Path existing(Path entry) {
        if (!Files.exists(entry)) {
            throw WorkspaceException.of("There is no " + entry + ", which --class-path names")
                    .build();
        }
        return entry.toAbsolutePath().normalize();
    }
}
