package dev.parley.room.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.event.RoomEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The documented shape of an event has the members of all events, and no others.
class EventFormTest {

    @Test
    void hasTheMembersOfEveryEvent() {
        var members = Stream.concat(
                        Stream.of("type"),
                        Arrays.stream(RoomEvent.class.getPermittedSubclasses())
                                .flatMap(event -> Arrays.stream(event.getRecordComponents()))
                                .map(RecordComponent::getName))
                .collect(Collectors.toCollection(TreeSet::new));

        var described = Arrays.stream(EventForm.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(members);
    }
}
