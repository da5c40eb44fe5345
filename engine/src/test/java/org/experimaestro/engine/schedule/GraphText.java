package org.experimaestro.engine.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of jobs as text, for tests: {@code limit gpu=2; a -> b c; d: lane=gpu demand=2 priority=3 fails=1 again=5
 * minutes=9}. Here b and c depend on a; d needs 2 of the limit gpu, its first try fails, after which it waits for 5
 * minutes, and a try may take 9 minutes.
 */
final class GraphText {
    private final Map<String, Integer> limits = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** A job. Each number has its default unless the text sets it. */
    static final class Node {
        private final String name;
        private final List<String> dependencies = new ArrayList<>();
        private String lane = "";
        private int demand = 1;
        private int priority;
        private int fails;
        private int again = -1;
        private int minutes;

        private Node(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        List<String> dependencies() {
            return dependencies;
        }

        /** Returns the limit that the job needs; empty if it needs none. */
        String lane() {
            return lane;
        }

        int demand() {
            return demand;
        }

        int priority() {
            return priority;
        }

        /** Returns the number of tries that fail before one succeeds. */
        int fails() {
            return fails;
        }

        /** Returns the minutes until the try after a failure; -1 if the job is not tried again. */
        int again() {
            return again;
        }

        /** Returns the minutes that a try may take; 0 if there is no such limit. */
        int minutes() {
            return minutes;
        }
    }

    private GraphText() {}

    static GraphText parse(String text) {
        GraphText graph = new GraphText();
        for (String statement : text.split(";")) {
            if (!statement.isBlank()) {
                graph.add(statement.strip());
            }
        }
        return graph;
    }

    private void add(String statement) {
        if (statement.startsWith("limit ")) {
            String[] limit = statement.substring("limit ".length()).split("=");
            limits.put(limit[0].strip(), Integer.parseInt(limit[1].strip()));
        } else if (statement.contains("->")) {
            String[] sides = statement.split("->");
            String producer = node(sides[0].strip()).name;
            for (String consumer : sides[1].strip().split(" +")) {
                node(consumer).dependencies.add(producer);
            }
        } else {
            String[] sides = statement.split(":", 2);
            Node node = node(sides[0].strip());
            if (sides.length > 1) {
                for (String attribute : sides[1].strip().split(" +")) {
                    set(node, attribute.split("="));
                }
            }
        }
    }

    private static void set(Node node, String[] attribute) {
        switch (attribute[0]) {
            case "lane" -> node.lane = attribute[1];
            case "demand" -> node.demand = Integer.parseInt(attribute[1]);
            case "priority" -> node.priority = Integer.parseInt(attribute[1]);
            case "fails" -> node.fails = Integer.parseInt(attribute[1]);
            case "minutes" -> node.minutes = Integer.parseInt(attribute[1]);
            case "again" -> node.again = Integer.parseInt(attribute[1]);
            default -> throw new IllegalArgumentException("A job has no attribute " + attribute[0]);
        }
    }

    private Node node(String name) {
        return nodes.computeIfAbsent(name, Node::new);
    }

    /** Returns the sizes of the limits by their names. */
    Map<String, Integer> limits() {
        return limits;
    }

    /** Returns the jobs in the order of their first appearance. */
    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    Node find(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("There is no job " + name);
        }
        return node;
    }
}
