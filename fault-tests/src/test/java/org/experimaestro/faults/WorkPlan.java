package org.experimaestro.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.NamedBuilder;

/**
 * A plan of any number of jobs with every kind of dependency: none, a list, a map, a configuration that holds results, a task
 * that goes on from its files and announces a result that a further job reads, a task that is its own result, and a transient task. Each sixth job throws the first time, and is tried again.
 * Three of four jobs hold tokens, see {@link Resource}.
 */
final class WorkPlan implements ExperimentPlan<Integer> {
    /** The beginning of the names of jobs that may hold tokens. */
    static final String WORK = "w";

    private static final String FOLLOWER = "f-";

    private static final int KINDS = 6;

    private final Path ledger;

    /** The results that later jobs may read: by the place in the plan. */
    private final List<Config<Piece>> pieces = new ArrayList<>();

    private final List<String> texts = new ArrayList<>();
    private final Map<String, Job> jobs = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * A job of the plan.
     *
     * @param name its name
     * @param type its type id
     * @param id its identifier
     * @param file the name of its result
     * @param text the text of its result
     * @param isTransient whether its result is removed when no job needs it any more
     */
    record Job(String name, String type, ConfigId id, String file, String text, boolean isTransient) {
        Job(String name, String type, ConfigId id, String file, String text) {
            this(name, type, id, file, text, false);
        }
    }

    WorkPlan(Path ledger) {
        this.ledger = ledger;
    }

    @Override
    public void run(Experiment xp, Integer count) {
        for (int i = 0; i < count; i++) {
            add(xp, i);
        }
    }

    private void add(Experiment xp, int i) {
        int kind = pieces.isEmpty() ? 0 : i % KINDS;
        Reading read = new Reading();
        String name = WORK + i;
        NamedBuilder<Work> builder = Config.builder(Work.class)
                .set("name", name)
                .set("inputs", kind == 1 ? read.take(3) : List.of())
                .set("named", kind == 2 ? Map.of("a", read.take(), "b", read.take()) : Map.of())
                .set("frail", kind == 0)
                .set("ledger", ledger);
        if (kind == 3) {
            builder.set(
                    "bundle",
                    Config.builder(Bundle.class).set("pieces", read.take(2)).build());
        }
        if (kind == 4) {
            builder.set("saving", saving(xp, "s" + i, read));
        }
        if (kind == 1 && i > KINDS) {
            builder.set("inputs", List.of(cut(xp, "t" + i, read)));
        }
        if (kind == 5) {
            builder.set("inputs", List.of(read.last()));
        }
        Config<Work> work = builder.build();
        String text = Work.text(name, read.texts);
        jobs.put(name, new Job(name, work.type(), work.id(), "out.txt", text));
        pieces.add(xp.submit(work, Resource.launcher(xp, name, new Ledger(ledger))));
        texts.add(text);
    }

    /** Submits a transient task, which two jobs read: the caller's, and one that is submitted here. */
    private Config<Piece> cut(Experiment xp, String name, Reading read) {
        Config<Work> work = Config.builder(Work.class)
                .set("name", name)
                .set("inputs", read.taken())
                .set("named", Map.of())
                .set("frail", false)
                .set("ledger", ledger)
                .build();
        String text = Work.text(name, read.texts);
        jobs.put(name, new Job(name, work.type(), work.id(), "out.txt", text, true));
        Config<Piece> cut = xp.submitTransient(work);
        follow(xp, FOLLOWER + name, cut, text);
        read.texts.clear();
        read.texts.add(text);
        return cut;
    }

    private Config<Saving> saving(Experiment xp, String name, Reading read) {
        Config<Saving> saving = Config.builder(Saving.class)
                .set("name", name)
                .set("input", read.take())
                .set("ledger", ledger)
                .build();
        String before = read.texts.removeLast();
        String text = Saving.text(before);
        read.texts.add(text);
        jobs.put(name, new Job(name, saving.type(), saving.id(), "steps.txt", text));
        Config<Saving> made = xp.submit(saving);
        xp.onAnnounced(made, Piece.class, piece -> follow(xp, FOLLOWER + name, piece, Saving.announced(before)));
        return made;
    }

    /** Submits a job that reads what another one has announced. */
    private void follow(Experiment xp, String name, Config<Piece> piece, String read) {
        Config<Work> work = Config.builder(Work.class)
                .set("name", name)
                .set("inputs", List.of(piece))
                .set("named", Map.of())
                .set("frail", false)
                .set("ledger", ledger)
                .build();
        jobs.put(name, new Job(name, work.type(), work.id(), "out.txt", Work.text(name, List.of(read))));
        xp.submit(work);
    }

    /** The jobs that were submitted. */
    Collection<Job> jobs() {
        return jobs.values();
    }

    /** The results that one job reads. */
    private final class Reading {
        private final List<String> texts = new ArrayList<>();
        private final List<Config<Piece>> all = new ArrayList<>();
        private int next = pieces.size() * 7;

        Config<Piece> take() {
            int index = Math.floorMod(next += 3, pieces.size());
            texts.add(WorkPlan.this.texts.get(index));
            all.add(pieces.get(index));
            return pieces.get(index);
        }

        List<Config<Piece>> take(int count) {
            List<Config<Piece>> taken = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                taken.add(take());
            }
            return taken;
        }

        /** Returns what was taken so far. */
        List<Config<Piece>> taken() {
            return List.copyOf(all);
        }

        Config<Piece> last() {
            texts.add(WorkPlan.this.texts.getLast());
            return pieces.getLast();
        }
    }
}
