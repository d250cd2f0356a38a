package io.github.clinicsessions.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.keycloak.theme.Theme;
import org.keycloak.util.JsonSerialization;

/**
 * The side navigation of the stock console, read from the same {@code content.json} of the theme, so that both sides show
 * the same entries.
 */
final class AccountNavigation {

    private final String accountUrl;
    private final String currentPath;
    private final Map<String, Boolean> features;
    private final Properties messages;

    /**
     * @param accountUrl of the account console, with a slash at the end
     * @param currentPath of the page below it, such as "sessions"
     */
    AccountNavigation(String accountUrl, String currentPath, Map<String, Boolean> features, Properties messages) {
        this.accountUrl = accountUrl;
        this.currentPath = currentPath;
        this.features = features;
        this.messages = messages;
    }

    /** Items for the template: {@code label}, and either {@code href} and {@code current} or {@code children} and {@code expanded}. */
    List<Map<String, Object>> read(Theme theme) throws IOException {
        try (InputStream content = theme.getResourceAsStream("content.json")) {
            return content == null ? List.of() : items(JsonSerialization.mapper.readTree(content));
        }
    }

    List<Map<String, Object>> items(JsonNode nodes) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (!isVisible(node)) {
                continue;
            }
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("label", label(node.path("label").asText()));
            if (node.has("children")) {
                List<Map<String, Object>> children = items(node.get("children"));
                item.put("current", false);
                item.put("children", children);
                item.put("expanded", children.stream().anyMatch(child -> Boolean.TRUE.equals(child.get("current"))));
            } else {
                String path = node.path("path").asText();
                item.put("href", accountUrl + path);
                item.put("current", path.equals(currentPath));
            }
            items.add(item);
        }
        return items;
    }

    private boolean isVisible(JsonNode node) {
        return !node.hasNonNull("isVisible")
                || features.getOrDefault(node.get("isVisible").asText(), false);
    }

    /** The console takes a label for a message key and shows it as it is where there is no such message. */
    private String label(String key) {
        return messages.getProperty(key, key);
    }
}
