package org.experimaestro.tui.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireBeside;
import org.experimaestro.tui.wire.WireLog;
import org.jspecify.annotations.Nullable;

/** The actions and services of a run, with the end of the log of the one that the cursor stands on. */
public final class BesidePlace implements Place {
    private static final int MOST_BEATS = 10;
    private static final Pattern LOOPBACK = Pattern.compile("http://127\\.0\\.0\\.1:\\d{1,5}/");

    private final String name;
    private final boolean isFar;
    private final ListCursor cursor = new ListCursor();
    /** The addresses that were asked for, by the services' names. They are those of this machine. */
    private final Map<String, Found> addresses = new HashMap<>();

    /** An address of a process of a service. */
    private record Found(String process, String address) {}

    private @Nullable WireLog log;
    private String logPath = "";
    private boolean isReading;
    /** The beats since the log was asked for. */
    private int beats;

    /**
     * Creates the place.
     *
     * @param name the run, {@code EXPERIMENT/RUN}
     * @param isFar whether the workspace is on another host, which the view itself knows
     */
    public BesidePlace(String name, boolean isFar) {
        this.name = name;
        this.isFar = isFar;
    }

    @Override
    public KeyScope scope() {
        return KeyScope.BESIDE;
    }

    /** Returns the question about what is beside the run. */
    public ViewQuestion<WireBeside> question() {
        return Questions.beside(name);
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        return List.of(question());
    }

    /** Returns the lines; none before the answer came. */
    public List<BesideLine> lines(Answers answers) {
        return answers.find(question()).map(BesideLine::of).orElse(List.of());
    }

    private List<String> ids(Answers answers) {
        return lines(answers).stream().map(BesideLine::id).toList();
    }

    /** Returns the line that the cursor stands on. */
    public Optional<BesideLine> line(Answers answers) {
        List<BesideLine> lines = lines(answers);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(cursor.in(ids(answers))));
    }

    @Override
    public void move(Answers answers, int delta) {
        cursor.move(ids(answers), delta);
    }

    /** Returns what is known of the log of the line that the cursor stands on. */
    public Optional<WireLog> log(Answers answers) {
        return line(answers).flatMap(this::path).equals(Optional.of(logPath))
                ? Optional.ofNullable(log)
                : Optional.empty();
    }

    private Optional<String> path(BesideLine line) {
        return line.last().map(last -> Questions.besideLog(name, line.id(), last.number()));
    }

    /** Returns the end of a log that has to be read now: another one, or, if time has passed, one that may have grown. */
    Optional<Effect> reading(Answers answers, boolean isLater) {
        Optional<String> path = line(answers).flatMap(this::path);
        beats += isLater ? 1 : 0;
        // The answer is lost if another screen was shown when it came.
        if (path.isEmpty() || isReading && beats < MOST_BEATS) {
            return Optional.empty();
        }
        WireLog known = path.get().equals(logPath) ? log : null;
        if (known != null && !(isLater && known.isGrowing())) {
            return Optional.empty();
        }
        isReading = true;
        beats = 0;
        return Optional.of(new Effect.ReadTail(new ViewQuestion<>(path.get(), WireLog.class)));
    }

    /** Takes the end of a log. */
    void read(String path, WireLog answer) {
        isReading = false;
        logPath = path;
        log = answer;
    }

    /** Takes the end of a reading that failed; the log is not asked for again until the cursor moves. */
    void notRead(String path, String reason) {
        read(
                path,
                new WireLog(
                        0, "", 0, 0, 0, OptionalLong.empty(), OptionalLong.empty(), "", false, Optional.of(reason)));
    }

    /** Takes the address of a service; returns whether it is one of this run. */
    boolean found(Effect.FindAddress asked, String address) {
        boolean isOfRun = asked.question()
                .path()
                .equals(Questions.address(name, asked.service()).path());
        if (isOfRun) {
            addresses.put(asked.service(), new Found(asked.process(), address));
        }
        return isOfRun;
    }

    /** Forgets the addresses that were asked for. */
    void forgetAddresses() {
        addresses.clear();
    }

    /** Returns whether an address is one of this machine's loopback. Whatever a workspace says, no other one is shown. */
    static boolean isOfThisMachine(String address) {
        return LOOPBACK.matcher(address).lookingAt();
    }

    /** Returns the address of a service on this machine: its own, or the one that was asked for since it listens there. */
    public Optional<String> address(BesideLine line) {
        if (!isFar) {
            return line.address().filter(BesidePlace::isOfThisMachine);
        }
        return Optional.ofNullable(addresses.get(line.name()))
                .filter(found -> line.listening().equals(Optional.of(found.process())))
                .map(Found::address);
    }

    /** Returns the members of a question for an action on a line. */
    Map<String, Object> members(BesideLine line) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("run", name);
        members.put(line.action().isPresent() ? "action" : "service", line.name());
        return members;
    }

    /** Returns the question for the address of a service. */
    Effect asking(BesideLine service) {
        return new Effect.FindAddress(
                service.name(), service.listening().orElse(""), Questions.address(name, service.name()));
    }

    @Override
    public Optional<String> run() {
        return Optional.of(name);
    }

    @Override
    public Optional<String> copied(Answers answers) {
        return line(answers).map(line -> address(line).orElse(line.command()));
    }
}
