package org.experimaestro.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;

/** A system as a launcher sees it that gives it only so many jobs at once. */
record CappedSystem(BatchSystem system, int largestBatch) implements BatchSystem {
    @Override
    public String script(Batch batch) {
        return system.script(batch);
    }

    @Override
    public List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException {
        return system.submit(batch);
    }

    @Override
    public List<String> submit(Batch batch, Consumer<String> warnings)
            throws RefusedException, UnreachableException, InterruptedException {
        return system.submit(batch, warnings);
    }

    @Override
    public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        return system.poll(jobIds, since);
    }

    @Override
    public Map<String, BatchUse> accountedUse(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        return system.accountedUse(jobIds, since);
    }

    @Override
    public void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        system.cancel(name, jobIds);
    }

    @Override
    public boolean hasDependencies() {
        return system.hasDependencies();
    }

    @Override
    public List<Integer> room(List<Placement> places) throws UnreachableException, InterruptedException {
        return system.room(places);
    }

    @Override
    public Duration pollPeriod() {
        return system.pollPeriod();
    }
}
