package org.experimaestro.cli.token;

import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkspaceArgument;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.experimaestro.workspace.token.TokenSigns;
import org.experimaestro.workspace.token.TokenState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro tokens list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the tokens of the workspace, and yours of this machine: how many there are, which jobs hold them, and"
                    + " which jobs wait for them, in their order.",
            "A job whose process has ended without giving its tokens back is not listed: the next job that needs them"
                    + " gets them."
        },
        footer = {"", "Examples:", "  experimaestro tokens list", "  experimaestro tokens list debug.yaml --json"})
final class TokensListCommand implements Callable<Integer> {
    @Mixin
    private final WorkspaceArgument argument = new WorkspaceArgument();

    @Option(names = "--json", description = "Print one JSON object a line, for each token.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A token with those of its jobs that count. */
    private record Row(
            String token, String scope, long size, long held, List<TokenShare> holders, List<TokenShare> waiters) {}

    @Override
    public Integer call() {
        Workspace workspace = argument.view();
        List<Row> rows = new ArrayList<>(rows("workspace", TokenFolder.of(workspace.root())));
        rows.addAll(rows("machine", TokenFolder.ofMachine(UserFolder.STATE.path())));
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            rows.forEach(row -> out.line(json(row)));
        } else if (rows.isEmpty()) {
            Printer.err(spec.commandLine()).line("No plan has declared a token in " + workspace);
        } else {
            table(rows).forEach(out::line);
        }
        return ExitCode.OK;
    }

    private static List<Row> rows(String scope, TokenFolder folder) {
        try {
            TokenState state = folder.read();
            TokenSigns signs = new TokenSigns(folder);
            List<Row> rows = new ArrayList<>();
            for (Map.Entry<String, Long> size : state.sizes().entrySet()) {
                List<TokenShare> holders = living(state.holders(size.getKey()), signs);
                rows.add(new Row(
                        size.getKey(),
                        scope,
                        size.getValue(),
                        holders.stream()
                                .mapToLong(share -> share.amounts().getOrDefault(size.getKey(), 0L))
                                .sum(),
                        holders,
                        living(state.waiters(size.getKey()), signs)));
            }
            return rows;
        } catch (IOException unreadable) {
            throw WorkspaceException.of(
                            "Cannot read the tokens of " + folder.path() + ": " + Failures.reason(unreadable))
                    .cause(unreadable)
                    .build();
        }
    }

    private static List<TokenShare> living(List<TokenShare> shares, TokenSigns signs) throws IOException {
        List<TokenShare> living = new ArrayList<>();
        for (TokenShare share : shares) {
            if (signs.isAlive(share)) {
                living.add(share);
            }
        }
        return living;
    }

    private static List<Line> table(List<Row> rows) {
        TextTable table = new TextTable("TOKEN", "SCOPE", "HELD", "AMOUNT", "JOB", "STATE", "SINCE", "RUN OF");
        for (Row row : rows) {
            String held = row.held() + " of " + row.size();
            if (row.holders().isEmpty() && row.waiters().isEmpty()) {
                table.add(cells(row, held, null, ""));
            }
            row.holders().forEach(share -> table.add(cells(row, held, share, "holds")));
            row.waiters().forEach(share -> table.add(cells(row, held, share, "waits")));
        }
        return table.lines();
    }

    private static Line[] cells(Row row, String held, @Nullable TokenShare share, String state) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
        return new Line[] {
            Line.of(row.token(), "bold"),
            Line.of(row.scope()),
            Line.of(held),
            Line.of(share == null ? "" : String.valueOf(share.amounts().get(row.token()))),
            Line.of(share == null ? "" : share.job()),
            Line.of(state),
            Line.of(share == null ? "" : time.format(share.since())),
            Line.of(share == null ? "" : share.owner().process().toString())
        };
    }

    private static String json(Row row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("token", row.token());
        json.put("scope", row.scope());
        json.put("size", row.size());
        json.put("held", row.held());
        json.put(
                "holders", row.holders().stream().map(share -> json(row, share)).toList());
        json.put(
                "waiters", row.waiters().stream().map(share -> json(row, share)).toList());
        return Json.writeLine(json);
    }

    private static Map<String, @Nullable Object> json(Row row, TokenShare share) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("job", share.job());
        json.put("amount", share.amounts().get(row.token()));
        json.put("since", share.since().toString());
        json.put("host", share.owner().process().host());
        json.put("pid", share.owner().process().pid());
        if (share.isHeld()) {
            json.put("lease", share.lease());
        } else {
            json.put("priority", share.priority());
        }
        if (!share.workspace().isEmpty()) {
            json.put("workspace", share.workspace());
        }
        return json;
    }
}
