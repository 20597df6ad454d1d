package dev.parley.room.user;

import dev.parley.model.id.UserId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Finds projected users.
@ApplicationScoped
class UserRepository implements PanacheRepositoryBase<UserEntity, UUID> {

    List<UserEntity> findAllOf(Collection<UserId> ids) {
        return ids.isEmpty()
                ? List.of()
                : list("id in ?1", ids.stream().map(UserId::value).toList());
    }
}
