package org.experimaestro.workspace.token;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.experimaestro.WorkspaceException;

/** The desk at which one run takes tokens of a folder and gives them back. Thread-safe. */
public final class TokenDesk implements AutoCloseable {
    private final TokenFolder folder;
    private final InstantSource clock;
    private final TokenOwner owner = TokenOwner.create();
    private final Map<String, Long> sizes = new ConcurrentSkipListMap<>();

    /** The shares that the run does not use any longer, and that may still be there. */
    private final Map<String, TokenShare> left = new ConcurrentHashMap<>();

    /**
     * Creates a desk.
     *
     * @param folder the tokens
     * @param clock the clock of the times that are shown to people
     */
    public TokenDesk(TokenFolder folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Sets how many of a token there are.
     *
     * @param token the token's name
     * @param size the number, from 1
     * @return the number before; empty if there was none
     * @throws IOException if the folder cannot be read or written
     * @throws WorkspaceException if the state is damaged
     */
    public OptionalLong declare(String token, long size) throws IOException {
        beat();
        OptionalLong[] before = {OptionalLong.empty()};
        folder.change(state -> {
            Long known = state.sizes().get(token);
            before[0] = known == null ? OptionalLong.empty() : OptionalLong.of(known);
            return known != null && known == size
                    ? state
                    : state.sized(token, size).granted(now());
        });
        sizes.put(token, size);
        return before[0];
    }

    /**
     * Returns how many of a token there are.
     *
     * @param token the token's name
     * @return the number; empty if there is none
     * @throws IOException if the folder cannot be read
     * @throws WorkspaceException if the state is damaged
     */
    public OptionalLong size(String token) throws IOException {
        Long size = folder.read().sizes().get(token);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /**
     * Returns the names of all tokens.
     *
     * @return the names
     * @throws IOException if the folder cannot be read
     * @throws WorkspaceException if the state is damaged
     */
    public Set<String> names() throws IOException {
        return folder.read().sizes().keySet();
    }

    /**
     * Asks for tokens. They are held at once if they are free and nobody comes before.
     *
     * @param job the name of the job that needs them
     * @param workspace the path of its workspace; empty if the tokens are of that workspace
     * @param amounts the amounts by the tokens' names
     * @param priority how urgent it is, as {@link org.experimaestro.Launcher#priority()}; beyond
     *     {@value TokenShare#MOST_PRIORITY}, the nearest one that counts
     * @return the share
     * @throws IOException if the folder cannot be read or written
     * @throws WorkspaceException if the state is damaged
     */
    public TokenShare ask(String job, String workspace, SortedMap<String, Long> amounts, int priority)
            throws IOException {
        beat();
        String id = UUID.randomUUID().toString();
        TokenShare share = TokenShare.asking(id, job, workspace, owner, amounts, priority, now());
        boolean isAsked = false;
        try {
            TokenShare asked = look(share).share();
            isAsked = true;
            return asked;
        } finally {
            if (!isAsked) {
                left.put(id, share); // the state may have it
            }
        }
    }

    /**
     * A share that was looked at again.
     *
     * @param share the share as it is
     * @param obstacle why it waits, as {@link TokenState#obstacle}; empty if it is held
     */
    public record Look(TokenShare share, String obstacle) {}

    /**
     * Looks at a share again. Shares that do not count any longer are removed, and what is free is granted.
     *
     * @param share a share of this desk, with its present priority; if somebody has removed it while it waited, it waits
     *     anew
     * @return the share as it is, and why it waits
     * @throws IOException if the folder cannot be read or written
     * @throws WorkspaceException if the state is damaged
     */
    public Look look(TokenShare share) throws IOException {
        TokenState after = folder.change(state -> {
            TokenState asked = state.find(share.id()).isPresent()
                    ? state.urgent(share.id(), share.priority())
                    : withSizes(state).with(share);
            return living(asked).granted(now());
        });
        TokenShare found = after.find(share.id()).orElseThrow();
        return new Look(found, found.isHeld() ? "" : after.obstacle(found));
    }

    /** Returns the state with the sizes that this run has declared, if somebody has deleted the files. */
    private TokenState withSizes(TokenState state) {
        TokenState sized = state;
        for (Map.Entry<String, Long> size : sizes.entrySet()) {
            if (!state.sizes().containsKey(size.getKey())) {
                sized = sized.sized(size.getKey(), size.getValue());
            }
        }
        return sized;
    }

    /** Returns the state without the shares that do not count any longer. */
    private TokenState living(TokenState state) throws IOException {
        TokenSigns signs = new TokenSigns(folder);
        Set<String> dead = new HashSet<>();
        for (TokenShare share : state.shares()) {
            boolean isOwn = share.owner().id().equals(owner.id());
            boolean isAlive = isOwn
                    ? !left.containsKey(share.id()) || share.isHeld() && signs.isHeldByJob(share)
                    : signs.isAlive(share);
            if (!isAlive) {
                dead.add(share.id());
            }
        }
        return dead.isEmpty() ? state : state.without(share -> dead.contains(share.id()));
    }

    /**
     * Gives tokens back, or leaves their line. Tokens of a job that goes on without the run stay with the job.
     *
     * @param share a share of this desk
     * @throws IOException if the folder cannot be read or written; {@link #show} tries again
     * @throws WorkspaceException if the state is damaged
     */
    public void giveBack(TokenShare share) throws IOException {
        left.put(share.id(), share);
        boolean interrupted = Thread.interrupted(); // an interrupted thread could not read whether the job goes on
        try {
            if (!share.isHeld() || !new TokenSigns(folder).isHeldByJob(share)) {
                folder.change(state ->
                        state.without(other -> other.id().equals(share.id())).granted(now()));
                left.remove(share.id());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Shows that the run goes on, and gives back what could not be given back before, or stayed with a job that has ended since.
     * To be called every 30 seconds.
     *
     * @throws IOException if the folder cannot be read or written
     * @throws WorkspaceException if the state is damaged
     */
    public void show() throws IOException {
        beat();
        for (TokenShare share : left.values()) {
            giveBack(share);
        }
    }

    private void beat() throws IOException {
        folder.make();
        owner.beat(folder.path());
    }

    /**
     * Gives back what the run still has, but for the tokens of jobs that go on without it. Removes what runs that are gone
     * have left.
     *
     * @throws IOException if the folder cannot be read or written
     * @throws WorkspaceException if the state is damaged
     */
    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted(); // as above
        try {
            leave();
            sweep();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void leave() throws IOException {
        TokenSigns signs = new TokenSigns(folder);
        try {
            folder.change(state -> state.without(share ->
                            share.owner().id().equals(owner.id()) && !(share.isHeld() && signs.isHeldByJob(share)))
                    .granted(now()));
        } finally {
            // Shares that could not be removed count no longer without this file.
            owner.end(folder.path());
        }
    }

    private void sweep() throws IOException {
        TokenState state = folder.change(before -> living(before).granted(now()));
        Set<String> inUse = new HashSet<>();
        state.shares().forEach(share -> inUse.add(share.owner().id()));
        TokenOwner.deleteGone(folder.path(), inUse);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS); // as files have it
    }
}
