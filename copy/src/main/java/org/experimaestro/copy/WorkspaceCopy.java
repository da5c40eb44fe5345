package org.experimaestro.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFiles;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * A copy of parts of a workspace into another one. A caller first plans it, and then performs it. Confined to one thread.
 *
 * <p>A part is copied as a whole or not at all, and nothing of the target is overwritten: what the target has with the
 * same content is left alone, and what it has with other content is refused.
 */
public final class WorkspaceCopy {
    /** Parts are sent together up to this size in bytes, because each exchange with a host takes time. */
    private static final long GROUP_BYTES = 64L << 20;

    private static final int GROUP_PARTS = 200;

    private final CopySource source;
    private final CopyTarget target;
    private final Map<CopyPart, Presence> present = new HashMap<>();

    /**
     * Creates a copy.
     *
     * @param source the source
     * @param target the target
     */
    public WorkspaceCopy(CopySource source, CopyTarget target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Plans the copy. Nothing is changed.
     *
     * @param selection the parts
     * @return a step for each part, also for those that the selection refuses; then for notes and pins that the target lacks
     * @throws UnreachableException if a host does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    public List<CopyStep> plan(CopySelection selection) throws UnreachableException, InterruptedException {
        List<CopyStep> steps = new ArrayList<>(selection.refused());
        SortedMap<String, FolderEntry> listed = source.list(selection.parts());
        present.putAll(target.look(selection.parts()));
        List<CopyPart> remarks = new ArrayList<>();
        for (CopyPart part : selection.parts()) {
            SortedMap<String, FolderEntry> entries = part.of(listed);
            CopyStep step = step(part, entries, Objects.requireNonNull(present.get(part)));
            steps.add(step);
            if (step instanceof CopyStep.There) {
                remarks.addAll(remarks(part, entries));
            }
        }
        present.putAll(target.look(remarks));
        for (CopyPart remark : remarks) {
            if (present.get(remark) instanceof Presence.Absent) {
                steps.add(copied(remark, remark.of(listed), false));
            }
        }
        return steps;
    }

    private CopyStep step(CopyPart part, SortedMap<String, FolderEntry> entries, Presence there) {
        Optional<CopyStep.Refused> refused = findRefusal(part, entries);
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (there) {
            case Presence.Absent _ -> copied(part, entries, false);
            case Presence.Busy busy ->
                difference(part, entries, busy.entries()).isEmpty()
                        ? new CopyStep.There(part)
                        : refuse(part, busy.reason(), busy.advice());
            case Presence.Replaceable other -> {
                if (difference(part, entries, other.entries()).isEmpty()) {
                    yield new CopyStep.There(part);
                }
                yield isDone(part, entries)
                        ? copied(part, entries, true)
                        : refuse(
                                part,
                                "it has failed here, and " + target.name() + " has it with other files",
                                "clean one of the two with: experimaestro jobs clean " + part.name());
            }
            case Presence.Complete complete -> {
                Optional<Difference> difference = difference(part, entries, complete.entries());
                // A job that has failed here, and is done there, has its better end there.
                // The same sources can be compressed in other ways, and are named by what they are.
                yield difference.isEmpty()
                                || WorkspaceLayout.isNamedByContent(part.path())
                                || part.kind() == CopyPart.Kind.JOB && !isDone(part, entries)
                        ? new CopyStep.There(part)
                        : refuse(
                                part,
                                target.name() + " has it with other content: "
                                        + difference.get().ofPlaces(),
                                "it is not overwritten; to replace it, remove it there first");
            }
        };
    }

    /**
     * Finds a reason for which a part cannot be copied anywhere.
     *
     * @param part the part
     * @param entries its entries
     * @return the refusal of a part that has disappeared, is behind a link, or has what is no file, folder or good link
     */
    public static Optional<CopyStep.Refused> findRefusal(CopyPart part, SortedMap<String, FolderEntry> entries) {
        if (entries.isEmpty()) {
            return Optional.of(refuse(part, "it has disappeared", "look at it again"));
        }
        Optional<String> strange = LinkCheck.findStrange(entries);
        if (strange.isPresent()) {
            return Optional.of(refuse(part, strange.get(), "make it a regular file, or delete it"));
        }
        if (!part.isFile() && !(entries.get(part.path()) instanceof FolderEntry.Folder)) {
            return Optional.of(refuse(part, "its folder is a link", "put the folder itself in the place of the link"));
        }
        return Optional.empty();
    }

    private static boolean isDone(CopyPart part, SortedMap<String, FolderEntry> entries) {
        return entries.containsKey(JobFiles.doneMarker(part.path()));
    }

    private static CopyStep.Refused refuse(CopyPart part, String reason, String advice) {
        return new CopyStep.Refused(part, CopySelection.refused(part, reason, advice));
    }

    private static CopyStep.Copied copied(CopyPart part, SortedMap<String, FolderEntry> entries, boolean isReplaced) {
        return new CopyStep.Copied(part, entries, bytes(entries), isReplaced);
    }

    private static long bytes(SortedMap<String, FolderEntry> entries) {
        return entries.values().stream()
                .mapToLong(entry -> entry instanceof FolderEntry.Content content ? content.size() : 0)
                .sum();
    }

    private static List<CopyPart> remarks(CopyPart part, SortedMap<String, FolderEntry> entries) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof FolderEntry.Content && part.isRemark(entry.getKey()))
                .map(entry -> FileParts.of(entry.getKey()))
                .toList();
    }

    /**
     * A difference between two listings of a part.
     *
     * @param path the first entry that differs
     * @param isInFirst whether the first listing has it
     * @param isInSecond whether the second listing has it
     */
    private record Difference(String path, boolean isInFirst, boolean isInSecond) {

        /** Returns what differs between two places. */
        String ofPlaces() {
            return path + (isInFirst && isInSecond ? " differs" : isInFirst ? " is not there" : " is only there");
        }

        /** Returns what has happened between two times. */
        String ofTimes() {
            return path + (isInFirst && isInSecond ? " has changed" : isInFirst ? " was deleted" : " was added");
        }
    }

    /** Returns the first entry that differs between two listings; remarks do not count. */
    private static Optional<Difference> difference(
            CopyPart part, SortedMap<String, FolderEntry> first, SortedMap<String, FolderEntry> second) {
        SortedMap<String, FolderEntry> more = new TreeMap<>(second);
        for (Map.Entry<String, FolderEntry> entry : first.entrySet()) {
            FolderEntry other = more.remove(entry.getKey());
            if (!part.isRemark(entry.getKey()) && (other == null || !other.hasContentOf(entry.getValue()))) {
                return Optional.of(new Difference(entry.getKey(), true, other != null));
            }
        }
        return more.keySet().stream()
                .filter(path -> !part.isRemark(path))
                .findFirst()
                .map(path -> new Difference(path, false, true));
    }

    /**
     * Performs a plan.
     *
     * @param plan the result of {@link #plan}
     * @param told receives the result of each step
     * @throws UnreachableException if a host does not answer; the same command goes on
     * @throws InterruptedException if this thread is interrupted
     */
    public void perform(List<CopyStep> plan, Consumer<CopyStep> told)
            throws UnreachableException, InterruptedException {
        if (plan.stream().anyMatch(CopyStep.Copied.class::isInstance)) {
            target.begin();
        }
        List<CopyStep.Copied> group = new ArrayList<>();
        long bytes = 0;
        for (CopyStep step : plan) {
            if (step instanceof CopyStep.Copied copied) {
                if (!group.isEmpty() && (bytes + copied.bytes() > GROUP_BYTES || group.size() == GROUP_PARTS)) {
                    copy(group, told);
                    group.clear();
                    bytes = 0;
                }
                group.add(copied);
                bytes += copied.bytes();
            } else {
                told.accept(step);
            }
        }
        copy(group, told);
    }

    private void copy(List<CopyStep.Copied> group, Consumer<CopyStep> told)
            throws UnreachableException, InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        SortedMap<String, FolderEntry> entries = new TreeMap<>();
        List<CopyPart> parts = new ArrayList<>();
        for (CopyStep.Copied step : group) {
            entries.putAll(step.entries());
            parts.add(step.part());
        }
        long sent;
        try {
            sent = target.stage(parts, entries, source);
            requireUnchanged(parts, entries);
        } catch (WorkspaceException failed) {
            if (group.size() == 1) {
                told.accept(new CopyStep.Refused(parts.getFirst(), failed));
            } else {
                for (CopyStep.Copied each : List.copyOf(group)) {
                    copy(List.of(each), told); // so that a part that fails keeps no other one
                }
            }
            return;
        }
        for (CopyStep.Copied step : group) {
            told.accept(place(step, group.size() == 1 ? sent : step.bytes()));
        }
    }

    private CopyStep place(CopyStep.Copied step, long sent) throws UnreachableException, InterruptedException {
        try {
            target.place(step.part(), Objects.requireNonNull(present.get(step.part())));
            return new CopyStep.Copied(step.part(), step.entries(), sent, step.isReplaced());
        } catch (WorkspaceException failed) {
            return new CopyStep.Refused(step.part(), failed);
        }
    }

    /** Requires that no file was changed, added or deleted since the parts were listed. */
    private void requireUnchanged(List<CopyPart> parts, SortedMap<String, FolderEntry> entries)
            throws UnreachableException, InterruptedException {
        SortedMap<String, FolderEntry> now = source.list(parts);
        for (CopyPart part : parts) {
            Optional<Difference> difference = difference(part, part.of(entries), part.of(now));
            if (difference.isPresent()) {
                throw CopySelection.refused(
                        part,
                        "it was changed while it was copied: "
                                + difference.get().ofTimes(),
                        "give the same command again");
            }
        }
    }
}
