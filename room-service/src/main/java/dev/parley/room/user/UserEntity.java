package dev.parley.room.user;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A row of `users`, read only: [UserProjection] writes them.
@Entity
@Table(name = "users")
@NullUnmarked
class UserEntity {

    @Id
    UUID id;

    String username;

    @Column(name = "display_name")
    String displayName;

    boolean deleted;

    long version;

    UserRef toRef() {
        return new UserRef(new UserId(id), username, displayName, deleted);
    }
}
