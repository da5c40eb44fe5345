package org.experimaestro.web.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.address.PageScreen.Kind;
import org.experimaestro.web.address.PageScreen.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The addresses are those of the page: its own tests read the same file of pairs. */
class PageViewTest {
    private static final List<String> MARKS = List.of(
            "a", "B", "1", " ", "+", "%", "&", "=", ",", "/", "?", "#", "é", "日", "\"", "'", "<", "..", "%2C", "😀",
            "\\");

    /** An address, and the view that it stands for. */
    private record Pair(String address, PageView view) {}

    private static JsonObject fixture() throws IOException {
        return JsonFile.read(Path.of("page/fixtures/addresses.json"), JsonFile.SMALL_BYTES);
    }

    private static Stream<Pair> pairs(String name) throws IOException {
        return fixture().list(name).stream().map(each -> {
            JsonObject pair = JsonObject.of(each, name);
            return new Pair(pair.string("address"), view(pair.object("view")));
        });
    }

    static Stream<Pair> written() throws IOException {
        return pairs("written");
    }

    static Stream<Pair> typed() throws IOException {
        return pairs("typed");
    }

    static Stream<String> unknown() throws IOException {
        return fixture().list("unknown").stream().map(String::valueOf);
    }

    private static PageView view(JsonObject json) {
        PageView view = PageView.of(
                PageScreen.find(json.string("screen")).orElseThrow(),
                Stream.of("experiment", "type", "id")
                        .filter(json::has)
                        .map(json::string)
                        .toArray(String[]::new));
        if (json.has("scope")) {
            JsonObject scope = json.object("scope");
            view = view.in(scope.string("experiment"), scope.string("run"));
        }
        for (Member member : view.screen().members()) {
            if (json.has(member.name())) {
                boolean isOne = member.kind() == Kind.WORD || member.kind() == Kind.NUMBER;
                List<String> texts = (isOne ? Stream.of(json.raw(member.name())) : json.list(member.name()).stream())
                        .map(String::valueOf)
                        .toList();
                view = view.with(member.name(), texts);
            }
        }
        return view;
    }

    @ParameterizedTest
    @MethodSource("written")
    void address_ofTheSharedPairs_isThatOfThePage(Pair pair) {
        assertThat(pair.view().address()).isEqualTo(pair.address());
        assertThat(PageView.parse(pair.address())).contains(pair.view());
    }

    @ParameterizedTest
    @MethodSource("typed")
    void parse_typedByPeople_leavesOutWhatIsWrong(Pair pair) {
        assertThat(PageView.parse(pair.address())).contains(pair.view());
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void parse_pathOfNoScreen_isEmpty(String address) {
        assertThat(PageView.parse(address)).isEmpty();
    }

    @Test
    void parse_ofAnyAddress_isTheSameView() {
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            PageScreen screen = PageScreen.values()[i % PageScreen.values().length];
            PageView view = PageView.of(screen, subject(screen, random));
            if (screen == PageScreen.RUN || screen.isOfJobs() && random.nextBoolean()) {
                view = view.in(text(random), text(random));
            }
            for (Member member : screen.members()) {
                if (member.name().equals("jobs") || random.nextBoolean()) {
                    view = view.with(member.name(), value(member, random));
                }
            }
            assertThat(PageView.parse(view.address())).as(view.address()).contains(view);
        }
    }

    private static String[] subject(PageScreen screen, Random random) {
        int names = screen == PageScreen.JOB ? 2 : screen == PageScreen.TYPE || screen == PageScreen.EXPERIMENT ? 1 : 0;
        return Stream.generate(() -> text(random)).limit(names).toArray(String[]::new);
    }

    private static List<String> value(Member member, Random random) {
        if (member.kind() == Kind.NUMBER) {
            return List.of(Integer.toString(random.nextInt(1000)));
        }
        if (member.kind() == Kind.WORD) {
            return List.of(member.accepts("x") ? text(random) : member.accepts("out") ? "out" : "logs");
        }
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.add(text(random));
        }
        return texts;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("n");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(MARKS.get(random.nextInt(MARKS.size())));
        }
        return text.toString();
    }
}
