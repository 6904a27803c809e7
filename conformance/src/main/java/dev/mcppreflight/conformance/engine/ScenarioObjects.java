package dev.mcppreflight.conformance.engine;

import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.conversation.Conversation;
import io.cucumber.core.backend.ObjectFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import org.picocontainer.DefaultPicoContainer;
import org.picocontainer.MutablePicoContainer;
import org.picocontainer.PicoBuilder;

/** Makes the objects of each scenario: its conversation with this run's target, and the steps that speak through it. */
final class ScenarioObjects implements ObjectFactory {

    private final Set<Class<?>> steps = new LinkedHashSet<>();
    private final Contact contact;
    private final ThreadLocal<Conversation> current;
    private MutablePicoContainer container;

    /**
     * @param contact the first contact of this run; null for a dry run, whose steps are never carried out
     * @param current where the conversation of the scenario on this thread is left for the collector of results
     */
    ScenarioObjects(Contact contact, ThreadLocal<Conversation> current) {
        this.contact = contact;
        this.current = current;
    }

    @Override
    public void start() {
        container = new PicoBuilder().withCaching().build();
        if (contact != null) {
            Conversation conversation = new Conversation(contact);
            current.set(conversation);
            container.addComponent(conversation);
        }
        steps.forEach(container::addComponent);
    }

    @Override
    public void stop() {
        if (container instanceof DefaultPicoContainer) {
            container.dispose();
        }
    }

    @Override
    public boolean addClass(Class<?> glue) {
        return steps.add(glue);
    }

    @Override
    public <T> T getInstance(Class<T> type) {
        return container.getComponent(type);
    }
}
