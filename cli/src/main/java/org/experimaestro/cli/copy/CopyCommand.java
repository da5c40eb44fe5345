package org.experimaestro.cli.copy;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.copy.CopySelection;
import org.experimaestro.copy.CopySource;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.CopyTarget;
import org.experimaestro.copy.HostAddress;
import org.experimaestro.copy.HostTarget;
import org.experimaestro.copy.LocalTarget;
import org.experimaestro.copy.WorkspaceCopy;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.json.Json;
import org.experimaestro.spi.UnreachableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro copy}. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copies jobs and runs to another workspace, here or on a host that your ssh reaches: all, or those that are"
                    + " selected, with the jobs from whose results they were made and their code.",
            "Parts that are there with the same content are not sent, and nothing is overwritten. If the command is"
                    + " interrupted, the same command goes on.",
            "Jobs that are active here or there are refused. A job that has failed there, and is done here, is replaced;"
                    + " experimaestro trash undo brings it back."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro copy /archive/paper --dry-run",
            "  experimaestro copy --experiment grid gate.example.org:work",
            "  experimaestro copy --from gate.example.org:work ~/results state=done",
            "  experimaestro copy --from results.zip ~/results"
        })
public final class CopyCommand implements Callable<Integer> {
    @Mixin
    private final CopyOptions options = new CopyOptions();

    @Parameters(
            paramLabel = "[FILE.yaml] TO [ID...|FILTER]",
            arity = "1..*",
            hideParamSyntax = true,
            description =
                    "The workspace to copy to: a folder, which is made if it does not exist, or HOST:DIR. Behind it,"
                            + " the first digits of jobs' identifiers, or TYPE/DIGITS; or a filter, such as state=done. Before"
                            + " it, the file of the experiment whose workspace is meant, and whose jobs and runs, if no identifier is given.")
    private List<String> words = List.of();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be copied, what is there, and what is refused; copy nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object a line, for each part.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<CopyPart.Kind, Integer> copied = new EnumMap<>(CopyPart.Kind.class);
    private long bytes;
    private int there;
    private int refused;

    /** Creates the command for picocli. */
    public CopyCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        String to = options.take(words, "TO");
        try (CopySource source = options.open()) {
            Optional<HostAddress> host = HostAddress.find(to);
            if (host.isPresent() && options.isFromHost()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Copy to a folder of this machine first: one of the two places must be here");
            }
            Path folder = HomeFolder.expand(to);
            if (host.isEmpty()) {
                options.requireOther(source, folder);
            }
            CopySelection selection = options.select(source);
            try (CopyTarget target = host.isPresent()
                    ? new HostTarget(options.connect(host.get()), host.get())
                    : new LocalTarget(folder)) {
                copy(source, target, selection);
            }
        } catch (UnreachableException lost) {
            Printer.err(spec.commandLine()).error(lost.getMessage() + "; the same command goes on with the copy");
            return ExitCode.SOFTWARE;
        } finally {
            options.close();
        }
        return refused == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void copy(CopySource source, CopyTarget target, CopySelection selection)
            throws UnreachableException, InterruptedException {
        WorkspaceCopy copy = new WorkspaceCopy(source, target);
        List<CopyStep> plan = copy.plan(selection);
        if (dryRun) {
            plan.forEach(this::tell);
            if (!json) {
                table(plan);
            }
        } else {
            copy.perform(plan, this::tell);
        }
        if (!json) {
            Printer.out(spec.commandLine()).line(summary(target.name()));
        }
    }

    private void tell(CopyStep step) {
        switch (step) {
            case CopyStep.Copied done -> {
                copied.merge(done.part().kind(), 1, Integer::sum);
                bytes += done.bytes();
            }
            case CopyStep.There _ -> there++;
            case CopyStep.Refused _ -> refused++;
        }
        if (json) {
            Printer.out(spec.commandLine()).line(Json.writeLine(toJson(step)));
        } else if (step instanceof CopyStep.Refused left) {
            Printer.err(spec.commandLine()).error(String.valueOf(left.reason().getMessage()));
        }
    }

    private static Map<String, Object> toJson(CopyStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", step.part().kind().name().toLowerCase(Locale.ROOT));
        json.put("name", step.part().name());
        switch (step) {
            case CopyStep.Copied done -> {
                json.put("result", "copied");
                json.put("bytes", done.bytes());
                json.put("replaced", done.isReplaced());
            }
            case CopyStep.There _ -> json.put("result", "there");
            case CopyStep.Refused left -> {
                json.put("result", "refused");
                json.put("reason", String.valueOf(left.reason().getMessage()));
            }
        }
        return json;
    }

    /** Prints the parts without jars, which nobody selects; the summary counts them. */
    private void table(List<CopyStep> plan) {
        TextTable table = new TextTable("PART", "SIZE", "");
        for (CopyStep step : plan) {
            if (step instanceof CopyStep.Copied part && part.part().kind() != CopyPart.Kind.CODE) {
                table.add(
                        Line.of(part.part().name()),
                        Line.of(ValueTexts.size(part.bytes())),
                        Line.of(part.isReplaced() ? "replaces a job that has failed there" : ""));
            }
        }
        if (!copied.isEmpty()) {
            table.lines().forEach(Printer.out(spec.commandLine())::line);
        }
    }

    /** Returns the counts, such as {@code Copied to /archive: 3 jobs, 1 run (1.2 MB); 2 parts were there}. */
    private String summary(String target) {
        StringBuilder text = new StringBuilder(dryRun ? "To be copied to " : "Copied to ")
                .append(target)
                .append(": ")
                .append(count(CopyPart.Kind.JOB, "job"))
                .append(", ")
                .append(count(CopyPart.Kind.RUN, "run"));
        if (copied.containsKey(CopyPart.Kind.CODE)) {
            text.append(", ").append(count(CopyPart.Kind.CODE, "jar"));
        }
        if (copied.containsKey(CopyPart.Kind.FILE)) {
            text.append(", ").append(count(CopyPart.Kind.FILE, "other file"));
        }
        text.append(" (").append(ValueTexts.size(bytes)).append(')');
        if (there > 0) {
            text.append("; there already: ").append(there);
        }
        if (refused > 0) {
            text.append("; refused: ").append(refused);
        }
        return text.toString();
    }

    private String count(CopyPart.Kind kind, String noun) {
        int count = copied.getOrDefault(kind, 0);
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
