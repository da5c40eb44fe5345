package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.NotificationSettings.Command;
import org.experimaestro.settings.NotificationSettings.Desktop;
import org.experimaestro.settings.NotificationSettings.Webhook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void read_channels_areThoseOfTheFile() throws IOException {
        NotificationSettings settings = read("""
                notifications:
                  chat:
                    webhook: https://chat.example.org/hooks/${env:CHAT_TOKEN}
                    body: '{"text": "${title}\\n${text}"}'
                    headers: {X-Api-Key: "${env:CHAT_KEY}"}
                    when: [failure, END]
                    digest: 5 min
                  pager:
                    command: [page-me, "${title}"]
                    stall: 30 min
                  desk: {desktop: true}
                """);

        assertThat(settings.problems()).isEmpty();
        Channel chat = settings.channels().get(0);
        Webhook webhook = (Webhook) chat.target();
        assertThat(webhook.url().variables()).containsExactly("CHAT_TOKEN");
        assertThat(webhook.body().map(NotificationTemplate::text)).contains("{\"text\": \"${title}\\n${text}\"}");
        assertThat(webhook.headers()).containsOnlyKeys("X-Api-Key");
        assertThat(chat.events()).containsOnly(NotificationEvent.FAILURE, NotificationEvent.END);
        assertThat(chat.digest()).isEqualTo(Duration.ofMinutes(5));
        assertThat(chat.place()).endsWith("settings.yaml:2");
        Channel pager = settings.channels().get(1);
        assertThat(pager.target()).isInstanceOf(Command.class);
        assertThat(pager.events()).containsOnly(NotificationEvent.values());
        assertThat(pager.stall()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.channels().get(2).target()).isEqualTo(new Desktop());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {webhook: 'ftp://example.org/x'}                                    | is not the address of a webhook
            {webhook: 'chat'}                                                   | is not the address of a webhook
            {webhook: 'https://me:pass@example.org/x'}                          | has a user or a password
            {webhook: 'https://example.org/${titel}'}                           | did you mean ${title}?
            {webhook: 'https://example.org/${env:A-B}'}                         | the places are
            {webhook: 'https://example.org/${title'}                            | close the place with a brace
            {webhook: 'https://example.org', headers: {Authorization: 'secret'}} | is a secret, which no file should have
            {webhook: 'https://example.org', headers: {X-Gitlab-Token: 'abc'}}  | is a secret, which no file should have
            {webhook: 'https://example.org', headers: {Host: 'abc'}}            | cannot be a header
            {webhook: 'https://example.org', headers: {'a b': 'abc'}}           | cannot be a header
            {webhook: 'https://example.org', command: [a]}                      | has 2 receivers: webhook, command
            {stall: 5 min}                                                      | has no receiver
            {desktop: false}                                                    | has no receiver
            {desktop: true, body: x}                                            | is for webhooks
            {webhook: 'https://example.org', body: '{text: ${text}}'}           | is no JSON
            {command: [curl, '${env:CHAT_URL}']}                                | all users of the machine can see
            {command: []}                                                       | has no program
            {desktop: true, when: [ends]}                                       | END
            {desktop: true, stall: 0 s}                                         | is too short
            {desktop: true, digest: 5}                                          | say the unit
            {webhok: 'https://example.org'}                                     | did you mean "webhook"?
            """)
    void read_mistake_isNamedWithItsPlaceAndSpoilsNothingElse(String channel, String message) throws IOException {
        NotificationSettings settings = read("notifications:\n  chat: " + channel + "\n");

        assertThat(settings.channels()).isEmpty();
        assertThat(settings.problems())
                .anySatisfy(problem -> assertThat(problem).contains("settings.yaml:", message));
        assertThat(user("notifications:\n  chat: " + channel + "\nroots: {data: /srv}\n")
                        .roots())
                .containsKey("data");
    }

    @Test
    void read_nameThatIsNoFileName_isRefused() throws IOException {
        assertThat(read("notifications: {../x: {desktop: true}}\n").problems())
                .singleElement()
                .asString()
                .contains("\"../x\" cannot be the name of a channel");
    }

    @Test
    void fill_values_areInTheirPlacesAsTheyAre() {
        NotificationTemplate template = NotificationTemplate.parse("${title} $${title} $5 ${env:A}\\");

        assertThat(template.fill(name -> "<" + name + "$1>", name -> "{" + name + "\\}"))
                .isEqualTo("<title$1> ${title} $5 {A\\}\\");
    }

    private NotificationSettings read(String yaml) throws IOException {
        return user(yaml).notifications();
    }

    private UserSettings user(String yaml) throws IOException {
        Path file = folder.resolve("settings.yaml");
        Files.writeString(file, yaml);
        return UserSettings.read(Map.of("EXPERIMAESTRO_CONFIG", folder.toString()), () -> folder);
    }

    @Test
    void read_noKey_hasNoChannels() throws IOException {
        assertThat(Optional.of(read("roots: {}\n"))).contains(NotificationSettings.NONE);
    }
}
