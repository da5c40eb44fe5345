package org.experimaestro.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An order of the nodes of a graph in which each node follows its parts. It is computed without recursion, because
 * configurations may be nested thousands of levels deep, and a stack holds only some thousands of frames.
 */
final class PostOrder {
    private final Deque<Node<?>> open = new ArrayDeque<>();
    private final Set<Node<?>> opened = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node<?>> closed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Node<?>> ordered = new ArrayList<>();

    private PostOrder() {}

    /**
     * Returns the node and all nodes below it, parts first and each once.
     *
     * @param root the node
     * @param withTasks whether the tasks that make configurations are among their parts
     * @param known the nodes to leave out, together with all nodes below them
     */
    static List<Node<?>> of(Node<?> root, boolean withTasks, Predicate<Node<?>> known) {
        PostOrder order = new PostOrder();
        order.open.push(root);
        while (!order.open.isEmpty()) {
            order.step(withTasks, known);
        }
        return order.ordered;
    }

    private void step(boolean withTasks, Predicate<Node<?>> known) {
        Node<?> node = open.element();
        if (known.test(node) || closed.contains(node)) {
            open.pop();
        } else if (opened.add(node)) {
            node.forEachPart(withTasks, open::push);
        } else {
            open.pop();
            closed.add(node);
            ordered.add(node);
        }
    }
}
