package org.experimaestro.settings;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;

/** The lists and maps that a text has opened and not closed yet, in the order of its events. Used for one text. */
final class Nesting {
    /** The deepest nesting of lists and maps, in files and in the keys of overrides. */
    static final int DEEPEST = 100;

    private final Deque<Event> open = new ArrayDeque<>();
    private final Set<Event> isOpen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Anchor, Event> anchored = new HashMap<>();

    /** Returns the problem of the next event; empty if there is none. */
    Optional<String> problem(Event event) {
        return switch (event.getEventId()) {
            case SequenceStart, MappingStart -> {
                remember((NodeEvent) event);
                open.push(event);
                isOpen.add(event);
                yield open.size() > DEEPEST
                        ? Optional.of("lists and maps are nested more than " + DEEPEST + " deep")
                        : Optional.empty();
            }
            case SequenceEnd, MappingEnd -> {
                isOpen.remove(open.pop());
                yield Optional.empty();
            }
            case Scalar -> {
                remember((NodeEvent) event);
                yield Optional.empty();
            }
            case Alias ->
                isOpen.contains(anchored.get(((AliasEvent) event).getAlias()))
                        ? Optional.of("a list or a map contains itself through an alias")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Stores the anchor of an event: the last anchor of a name counts. */
    private void remember(NodeEvent event) {
        event.getAnchor().ifPresent(anchor -> anchored.put(anchor, event));
    }
}
