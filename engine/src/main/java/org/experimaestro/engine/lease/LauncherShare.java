package org.experimaestro.engine.lease;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.experimaestro.base.file.CheckedFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.engine.schedule.LimitUse;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.LifeSign;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The share that one run has of a launcher's limit of jobs, which all runs of this user share. Each run has a file in a
 * folder of the launcher, with the number of jobs that it may run and that it wants. All files are read and written
 * under one lock, so the runs together never let more jobs start than the limit. A job for which several runs wait counts
 * for the one that came first.
 *
 * <p>A run counts while its process is alive. No job is stopped for a run that comes later: a share shrinks when jobs
 * end. Confined to one thread at a time.
 */
public final class LauncherShare {
    private static final String FOLDER = "shares";
    private static final String SUFFIX = ".json";
    private static final int FORMAT = 1;
    /** The longest time after which the file is written again, so that other hosts see that the run is alive. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    /** The time after which another run gets what cannot be divided. */
    private static final Duration TURN = Duration.ofMinutes(1);

    private final CheckedFolder folder;
    private final long limit;
    private final RunClock clock;
    private final Supplier<Set<String>> jobs;
    private final String name = UUID.randomUUID().toString();
    private final Instant came;
    private long size;
    private @Nullable Holder written;
    private Instant renewed = Instant.MIN;

    /**
     * The part of a run.
     *
     * @param name the unique name of the part
     * @param came the time at which the run came
     * @param process the run's process
     * @param limit the limit that the run knows: the launcher file may have changed since it began
     * @param share the number of jobs that the run may have
     * @param held the number of jobs that it has, or may have: the larger one
     * @param wanted the number of jobs that the run has, or would have if there were no limit
     * @param jobs the keys of the jobs that it has; none by earlier versions
     */
    private record Holder(
            String name,
            Instant came,
            ProcessIdentity process,
            long limit,
            long share,
            long held,
            long wanted,
            List<String> jobs) {
        static Holder read(Path file) throws IOException {
            JsonObject json = JsonFile.read(file, JsonFile.SMALL_BYTES);
            return new Holder(
                    json.string("name"),
                    json.time("came"),
                    ProcessIdentity.fromJson(json.object("process")),
                    Math.max(1, json.integer("limit")),
                    Math.max(0, json.integer("share")),
                    Math.max(0, json.integer("held")),
                    Math.max(0, json.integer("wanted")),
                    json.has("jobs")
                            ? json.list("jobs").stream().map(String::valueOf).toList()
                            : List.of());
        }

        void write(Path file) throws IOException {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("format", FORMAT);
            json.put("name", name);
            json.put("came", TimeText.of(came.toEpochMilli()));
            json.put("process", process.toJson());
            json.put("limit", limit);
            json.put("share", share);
            json.put("held", held);
            json.put("wanted", wanted);
            json.put("jobs", jobs);
            AtomicFile.write(file, Json.write(json));
        }
    }

    /**
     * Creates the share of a run, which is 0 until {@link #update}.
     *
     * @param state the folder of this user's state
     * @param launcher the launcher's name
     * @param limit the most jobs that all runs may have at the launcher, at least 1
     * @param clock the clock of the run
     */
    public LauncherShare(Path state, String launcher, long limit, RunClock clock) {
        this(state, launcher, limit, clock, Set::of);
    }

    /**
     * Creates the share of a run, which is 0 until {@link #update}.
     *
     * @param state the folder of this user's state
     * @param launcher the launcher's name
     * @param limit the most jobs that all runs may have at the launcher, at least 1
     * @param clock the clock of the run
     * @param jobs the keys of the run's jobs at the launcher, by which another run that waits for one knows it
     */
    public LauncherShare(Path state, String launcher, long limit, RunClock clock, Supplier<Set<String>> jobs) {
        this.jobs = jobs;
        this.folder = new CheckedFolder(state, FOLDER, launcher);
        this.limit = limit;
        this.clock = clock;
        this.came = Instant.ofEpochMilli(clock.instant().toEpochMilli()); // as precise as it is stored
    }

    /**
     * Computes the share anew, and records it.
     *
     * @param applied lets the run have so many jobs at once, and returns its use of them after that; it may block
     * @return the share: the whole limit if no other run counts
     * @throws IOException if the files cannot be read or written; the share is as before
     */
    public long update(LongFunction<LimitUse> applied) throws IOException {
        // Not under the lock: a scheduler may wait, as for a terminal that shows nothing, and no other run may wait for
        // it.
        LimitUse use = applied.apply(size);
        Path files = folder.make();
        long next = FolderLock.under(files, () -> update(files, use));
        if (next != size) {
            size = next;
            var _ = applied.apply(size);
        }
        return size;
    }

    /** Returns the new share, and records it. What is given up is recorded as held until the next call, when it is free. */
    private long update(Path files, LimitUse use) throws IOException {
        List<Holder> others = others(files);
        long whole = others.stream().mapToLong(Holder::limit).reduce(limit, Math::min);
        List<String> own = List.copyOf(new TreeSet<>(jobs.get()));
        long next = others.isEmpty() ? limit : share(whole, others, use, own);
        long held = Math.max(Math.max(size, next), use.used());
        Holder now =
                new Holder(name, came, ProcessIdentity.current(), limit, next, held, use.used() + use.waiting(), own);
        Instant time = clock.instant();
        boolean isSilent = Duration.between(renewed, time).compareTo(RENEWAL) >= 0;
        if (!now.equals(written) || isSilent || !Files.exists(files.resolve(name + SUFFIX))) {
            now.write(files.resolve(name + SUFFIX));
            written = now;
            renewed = time;
        }
        return next;
    }

    /**
     * Returns the fair share of this run, or what the others have left of it. Its jobs that count for another run need no part
     * of it, but it starts no others instead of them: when such a job ends, both runs would start one in its place.
     */
    private long share(long whole, List<Holder> others, LimitUse use, List<String> own) {
        Holder self = new Holder(name, came, ProcessIdentity.current(), limit, 0, 0, use.used() + use.waiting(), own);
        List<Holder> all = new ArrayList<>(others);
        all.add(self);
        all.sort(Comparator.comparing(Holder::came).thenComparing(Holder::name));
        Map<Holder, Long> twice = twice(all);
        // What cannot be divided goes round, so that of more runs than places each has its time.
        long turn = clock.instant().getEpochSecond() / TURN.toSeconds();
        Collections.rotate(all, (int) Math.floorMod(-turn, (long) all.size()));
        List<Long> wanted = all.stream()
                .map(run -> Math.max(0, run.wanted() - twice.getOrDefault(run, 0L)))
                .toList();
        long fair = FairShare.of(whole, wanted).get(all.indexOf(self));
        long left = whole
                - others.stream()
                        .mapToLong(run -> Math.max(0, run.held() - twice.getOrDefault(run, 0L)))
                        .sum();
        return Math.max(0, Math.min(fair, left));
    }

    /** Returns how many jobs of each run count for one that came before it. */
    private static Map<Holder, Long> twice(List<Holder> inOrder) {
        Map<Holder, Long> twice = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Holder run : inOrder) {
            twice.put(run, run.jobs().stream().filter(seen::contains).count());
            seen.addAll(run.jobs());
        }
        return twice;
    }

    /** Returns the other runs that go on. Files of runs that are over are deleted. */
    private List<Holder> others(Path files) throws IOException {
        List<Holder> others = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(files, "[!.]*" + SUFFIX)) {
            for (Path file : found) {
                if (file.getFileName().toString().equals(name + SUFFIX)) {
                    continue;
                }
                try {
                    Holder other = Holder.read(file);
                    if (LifeSign.of(other.process(), file, clock.instant()).isAlive()) {
                        others.add(other);
                    } else {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException | JsonException | IllegalArgumentException damaged) {
                    Files.deleteIfExists(file); // its run writes it again
                }
            }
        } catch (DirectoryIteratorException unread) {
            throw unread.getCause();
        }
        return others;
    }

    /**
     * Gives the share back at the end of the run.
     *
     * @throws IOException if the file cannot be deleted; other runs find that this one has ended when its process has
     */
    public void giveBack() throws IOException {
        if (written != null) {
            Files.deleteIfExists(folder.make().resolve(name + SUFFIX));
        }
    }
}
