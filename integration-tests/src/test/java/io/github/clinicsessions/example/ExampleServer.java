package io.github.clinicsessions.example;

import java.io.File;
import java.util.Arrays;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;

/** A Tomcat with one API, on a free port of the loopback interface. What Spring Boot would do otherwise. */
public final class ExampleServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    private ExampleServer(Class<?> api, Object[] beans) throws LifecycleException {
        tomcat.setBaseDir(new File("target/tomcat").getAbsolutePath());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var spring = new AnnotationConfigWebApplicationContext();
        spring.register(api);
        spring.addBeanFactoryPostProcessor(factory -> Arrays.stream(beans)
                .forEach(bean -> factory.registerSingleton(bean.getClass().getName(), bean)));
        tomcat.addContext("", null)
                .addServletContainerInitializer(
                        (classes, servlets) -> {
                            spring.setServletContext(servlets);
                            spring.refresh();
                            servlets.addFilter(
                                            "security", new DelegatingFilterProxy("springSecurityFilterChain", spring))
                                    .addMappingForUrlPatterns(null, false, "/*");
                            servlets.addServlet("api", new DispatcherServlet(spring))
                                    .addMapping("/");
                        },
                        Set.of());
        tomcat.start();
    }

    /**
     * Starts it.
     *
     * @param beans what the configuration of the API takes
     */
    public static ExampleServer start(Class<?> api, Object... beans) {
        try {
            return new ExampleServer(api, beans);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
