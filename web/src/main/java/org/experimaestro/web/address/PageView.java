package org.experimaestro.web.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.experimaestro.web.address.PageScreen.Member;

/**
 * A view of the page: the value that an address stands for. A member that is absent has its default. Immutable.
 *
 * @param screen the screen
 * @param run the experiment and the run whose jobs are shown; empty for those of all runs
 * @param subject the names of the subject: the experiment, the type, or the type and the identifier of the job
 * @param members the other members by name; a word or a number is a list of one
 */
public record PageView(PageScreen screen, List<String> run, List<String> subject, Map<String, List<String>> members) {
    /** The name of the last run of an experiment, whichever that is. */
    public static final String LATEST = "latest";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    /** Copies the collections. */
    public PageView {
        run = List.copyOf(run);
        subject = List.copyOf(subject);
        members = Map.copyOf(members);
    }

    /**
     * Returns the view of a screen.
     *
     * @param screen the screen
     * @param subject the names of its subject, where it has one
     * @return a view of all runs, without other members
     */
    public static PageView of(PageScreen screen, String... subject) {
        return new PageView(screen, List.of(), List.of(subject), Map.of());
    }

    /**
     * Returns the view of a run as a whole.
     *
     * @param experiment the experiment
     * @param run the name of its run, or {@code latest}
     * @return the view
     */
    public static PageView ofRun(String experiment, String run) {
        return of(PageScreen.RUN).in(experiment, run);
    }

    /**
     * Returns this view of one run's jobs.
     *
     * @param experiment the experiment
     * @param name the name of its run, or {@code latest}
     * @return the view
     */
    public PageView in(String experiment, String name) {
        return new PageView(screen, List.of(experiment, name), subject, members);
    }

    /**
     * Returns this view with a word or a number.
     *
     * @param member the name of the member
     * @param text its value; a member with an empty one is left out
     * @return the view
     */
    public PageView with(String member, String text) {
        return text.isEmpty() ? this : with(member, List.of(text));
    }

    /**
     * Returns this view with names.
     *
     * @param member the name of the member
     * @param names its value
     * @return the view
     */
    public PageView with(String member, List<String> names) {
        Map<String, List<String>> all = new LinkedHashMap<>(members);
        all.put(member, List.copyOf(names));
        return new PageView(screen, run, subject, all);
    }

    /**
     * Returns the address of this view.
     *
     * @return its path and query, such as {@code /x/grid/latest/jobs?q=state=failed}
     */
    public String address() {
        List<String> parts = new ArrayList<>();
        for (Member member : screen.members()) {
            List<String> texts = members.get(member.name());
            if (texts != null) {
                values(member, texts).forEach(text -> parts.add(member.shortName() + "=" + AddressText.value(text)));
            }
        }
        return path() + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    }

    /**
     * Returns a printed address that leads to this view.
     *
     * @param printed an address of the page with a token, and without a path
     * @return the address, with the same token
     */
    public String openedBy(String printed) {
        int mark = printed.indexOf("/?");
        String address = address();
        return printed.substring(0, mark)
                + address
                + (address.indexOf('?') < 0 ? "?" : "&")
                + printed.substring(mark + 2);
    }

    private static List<String> values(Member member, List<String> texts) {
        return switch (member.kind()) {
            case NAMES -> List.of(AddressText.list(texts));
            case EACH -> texts.isEmpty() ? List.of("") : texts;
            case WORD, NUMBER -> texts;
        };
    }

    private String path() {
        List<String> parts = new ArrayList<>();
        if (!run.isEmpty() || screen == PageScreen.EXPERIMENT) {
            parts.add("x");
        }
        parts.addAll(run);
        if (screen == PageScreen.TYPE) {
            parts.add(PageScreen.TYPES.word());
        } else if (screen != PageScreen.WORKSPACE && screen != PageScreen.EXPERIMENT && screen != PageScreen.RUN) {
            parts.add(screen.word());
        }
        parts.addAll(subject);
        return "/" + String.join("/", parts.stream().map(AddressText::segment).toList());
    }

    /**
     * Reads an address.
     *
     * @param address a path, and a query whose unknown or wrong parts are left out
     * @return the view; empty if the page has none at this path
     */
    public static Optional<PageView> parse(String address) {
        int mark = address.indexOf('?');
        String path = mark < 0 ? address : address.substring(0, mark);
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(AddressText::decoded)
                .toList();
        return ofPath(parts).map(view -> view.withQuery(mark < 0 ? "" : address.substring(mark + 1)));
    }

    private static Optional<PageView> ofPath(List<String> parts) {
        if (parts.isEmpty()) {
            return Optional.of(of(PageScreen.WORKSPACE));
        }
        if (!parts.getFirst().equals("x")) {
            return ofAllRuns(parts);
        }
        return switch (parts.size()) {
            case 1 -> Optional.empty();
            case 2 -> Optional.of(of(PageScreen.EXPERIMENT, parts.get(1)));
            case 3 -> Optional.of(ofRun(parts.get(1), parts.get(2)));
            default -> ofJobs(parts.subList(3, parts.size())).map(view -> view.in(parts.get(1), parts.get(2)));
        };
    }

    private static Optional<PageView> ofAllRuns(List<String> parts) {
        if (parts.size() == 2 && parts.getFirst().equals(PageScreen.TYPES.word())) {
            return Optional.of(of(PageScreen.TYPE, parts.get(1)));
        }
        Optional<PageScreen> screen = PageScreen.find(parts.getFirst());
        boolean isWhole = screen.filter(
                        found -> found == PageScreen.TYPES || found == PageScreen.ORPHANS || found == PageScreen.TRASH)
                .isPresent();
        return isWhole && parts.size() == 1 ? screen.map(PageView::of) : ofJobs(parts);
    }

    private static Optional<PageView> ofJobs(List<String> parts) {
        Optional<PageScreen> found = PageScreen.find(parts.getFirst()).filter(PageScreen::isOfJobs);
        if (found.isEmpty() || parts.size() != (found.get() == PageScreen.JOB ? 3 : 1)) {
            return Optional.empty();
        }
        PageView view = of(found.get(), parts.subList(1, parts.size()).toArray(String[]::new));
        return Optional.of(found.get() == PageScreen.COMPARE ? view.with("jobs", List.of()) : view);
    }

    private PageView withQuery(String query) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = AddressText.ofValue(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : AddressText.ofValue(pair.substring(equals + 1));
            given.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        }
        PageView view = this;
        for (Member member : screen.members()) {
            List<String> texts = given.getOrDefault(member.shortName(), List.of());
            if (!texts.isEmpty()) {
                view = view.read(member, texts);
            }
        }
        return view;
    }

    private PageView read(Member member, List<String> texts) {
        String text = texts.getFirst();
        return switch (member.kind()) {
            case EACH -> with(member.name(), texts.equals(List.of("")) ? List.of() : texts);
            case NAMES -> with(member.name(), AddressText.names(text));
            case NUMBER -> NUMBER.matcher(text).matches() ? with(member.name(), List.of(text)) : this;
            case WORD -> member.accepts(text) ? with(member.name(), List.of(text)) : this;
        };
    }
}
