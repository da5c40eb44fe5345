package org.experimaestro.engine.batch;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.UnreachableException;

/** A distribution of equal jobs among the alternatives of their placement. */
final class JobSpread {
    private JobSpread() {}

    /**
     * Distributes jobs by what is free and what waits: each job goes to the place where the most room is left, or the
     * fewest jobs wait. Blocks until the system has answered, if there is a choice.
     *
     * @param jobs jobs with equal placements
     * @param system queried for the room; if it does not answer, all jobs stay at the first place
     * @return the jobs of each place that gets some; all jobs as they are if there is no choice
     */
    static List<List<Submission>> of(List<Submission> jobs, BatchSystem system) throws InterruptedException {
        Placement placement = jobs.getFirst().spec().placement();
        if (placement.alternatives().isEmpty()) {
            return List.of(jobs);
        }
        List<Placement> places = new ArrayList<>(List.of(placement));
        places.addAll(placement.alternatives());
        List<Integer> room = room(places, system);
        List<List<Submission>> parts = new ArrayList<>();
        places.forEach(place -> parts.add(new ArrayList<>()));
        for (Submission job : jobs) {
            int best = best(room, parts);
            parts.get(best).add(job.at(places.get(best)));
        }
        parts.removeIf(List::isEmpty);
        return parts;
    }

    private static List<Integer> room(List<Placement> places, BatchSystem system) throws InterruptedException {
        try {
            return system.room(places);
        } catch (UnreachableException silent) {
            return List.of(); // the submission itself waits for an answer, and reports it
        }
    }

    private static int best(List<Integer> room, List<List<Submission>> parts) {
        int best = 0;
        for (int i = 1; i < room.size(); i++) {
            if (room.get(i) - parts.get(i).size()
                    > room.get(best) - parts.get(best).size()) {
                best = i;
            }
        }
        return best;
    }
}
