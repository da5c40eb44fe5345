package org.experimaestro.cli.side;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.Question;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TerminalLog;
import org.experimaestro.monitor.side.GivenAnswers;
import org.experimaestro.monitor.side.SideLog;
import org.experimaestro.monitor.side.SideStart;
import org.experimaestro.monitor.side.SideStop;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro actions run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Executes an action of a run, in a process of its own with the code of the run, and shows what it prints.",
            "In a terminal, it asks the questions that no --set answers. Elsewhere their defaults count.",
            "The result, the files and the log are kept. A failed action can be executed again, and several executions"
                    + " may go on at once. Ctrl-C ends the execution."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro actions run grid export",
            "  experimaestro actions run grid export --set format=onnx --set parts=encoder,decoder"
        })
final class ActionsRunCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private final SideTarget target = new SideTarget();

    @Option(
            names = "--set",
            paramLabel = "QUESTION=ANSWER",
            description = "The answer to a question; of several choices, with commas between them. May be repeated.")
    private List<String> answers = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> given = given();
        SideFolder action = target.findToChange(SideKind.ACTION);
        Map<String, List<String>> complete = ask(action, split(action.action().questions(), given));
        SideProcess process = SideStart.execute(action, complete, target.variables());
        Thread ending = new Thread(() -> end(process), "experimaestro-action-end");
        Runtime.getRuntime().addShutdownHook(ending);
        SideStatus status = follow(process);
        forget(ending);
        Printer err = Printer.err(spec.commandLine());
        err.message(
                action + " "
                        + (status.state() == State.DONE
                                ? "is done"
                                : "has " + status.state().word()),
                status.text().isEmpty() ? "" : ": " + status.text());
        err.line("Its files are in " + process.path());
        return status.state() == State.DONE ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        for (String text : answers) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new ParameterException(
                        spec.commandLine(), "--set takes QUESTION=ANSWER, and not \"" + text + "\"");
            }
            if (given.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(), "--set answers \"" + text.substring(0, equals) + "\" twice");
            }
        }
        return given;
    }

    private static Map<String, List<String>> split(List<Question> questions, Map<String, String> given) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        given.forEach((name, text) -> answers.put(name, List.of(text)));
        for (Question question : questions) {
            String text = given.get(question.name());
            if (text != null) {
                answers.put(question.name(), GivenAnswers.split(question, text));
            }
        }
        return answers;
    }

    /** Asks what has no answer yet, if there is somebody to ask. */
    private static Map<String, List<String>> ask(SideFolder action, Map<String, List<String>> given) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent()) {
            for (Question question : action.action().questions()) {
                if (!given.containsKey(question.name())) {
                    ask(console.get(), question).ifPresent(answer -> given.put(question.name(), answer));
                }
            }
        }
        return given;
    }

    private static Optional<List<String>> ask(Console console, Question question) {
        String options = question.options().isEmpty() ? "" : " (" + String.join(", ", question.options()) + ")";
        String byDefault = question.defaults()
                .map(answer -> " [" + String.join(",", answer) + "]")
                .orElse("");
        String label = VisibleText.of(question.text() + options + byDefault) + " ";
        while (true) {
            String line = console.readLine("%s", label);
            if (line == null || line.isBlank() && question.defaults().isPresent()) {
                return Optional.empty();
            }
            List<String> answer = GivenAnswers.split(question, line.strip());
            Optional<String> objection = question.objection(answer);
            if (objection.isEmpty()) {
                return Optional.of(new ArrayList<>(answer));
            }
            Printer.standardError().line(objection.get());
        }
    }

    private SideStatus follow(SideProcess process) throws InterruptedException {
        SideLog log = new SideLog(process);
        OutputStream out = Printer.isTerminal()
                ? new TerminalLog(
                        System.out, spec.commandLine().getColorScheme().ansi().enabled())
                : System.out;
        PrintStream shown = new PrintStream(out, false, StandardCharsets.UTF_8);
        while (true) {
            SideStatus status = process.status(); // before the log, which is complete at the end
            log.copyRest(shown);
            shown.flush();
            if (!status.isActive()) {
                return status;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException stopping) {
            // Ctrl-C has ended the execution.
        }
    }

    private static void end(SideProcess process) {
        try {
            var _ = new SideStop(process).stop(GRACE);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
