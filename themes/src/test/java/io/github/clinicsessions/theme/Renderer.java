package io.github.clinicsessions.theme;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleNumber;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Renders as Keycloak's DefaultFreeMarkerProvider and MessageFormatterMethod do. */
final class Renderer {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);
    private final Locale locale;
    private final Properties messages;

    Renderer(String language) {
        locale = Locale.forLanguageTag(language);
        messages = ThemeFiles.properties(ThemeFiles.MESSAGES.resolve("messages_" + language + ".properties"));
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setDefaultEncoding("UTF-8");
        try {
            configuration.setDirectoryForTemplateLoading(ThemeFiles.ACCOUNT.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String render(String template, Map<String, Object> content) {
        Map<String, Object> model = new HashMap<>(content);
        model.put("locale", locale.toLanguageTag());
        model.put("localeDir", "ar".equals(locale.getLanguage()) ? "rtl" : "ltr");
        model.put("msg", (TemplateMethodModelEx) this::message);
        model.put("properties", ThemeFiles.properties(ThemeFiles.ACCOUNT.resolve("theme.properties")));
        StringWriter page = new StringWriter();
        try {
            configuration.getTemplate(template).process(model, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new AssertionError(template, e);
        }
        return page.toString();
    }

    private String message(List<?> arguments) {
        String key = arguments.get(0).toString();
        String text = resolve(messages.getProperty(key, key));
        Object[] values = arguments.stream()
                .skip(1)
                .map(value -> value instanceof SimpleNumber number ? number.getAsNumber() : resolve(value.toString()))
                .toArray();
        return new MessageFormat(text, locale).format(values);
    }

    /** Keycloak's TemplatingUtil: a reference to a message in a text or an argument becomes that message. */
    private String resolve(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match ->
                        java.util.regex.Matcher.quoteReplacement(messages.getProperty(match.group(1), match.group(1))));
    }
}
