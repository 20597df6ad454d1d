package dev.parley.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Backing;
import dev.parley.auth.account.Accounts;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A search among 50,000 accounts reads rows by index, and not many more than it shows.
@QuarkusTest
@WithTestResource(Backing.class)
class SearchPlanIT {

    @Inject
    Accounts accounts;

    @Inject
    EntityManager entities;

    @Inject
    AgroalDataSource database;

    /// What one transaction has read of the accounts, by PostgreSQL's own counting.
    private record Reads(long bySequentialScan, long byIndex) {}

    @BeforeEach
    void insertAccounts() throws SQLException {
        execute("""
                insert into accounts (id, username, display_name, password_hash, version, created_at)
                select gen_random_uuid(), 'plan-' || i, case when i % 1000 = 0 then 'Zoë ' || i else 'Somebody' end,
                    'x', 1, now() from generate_series(1, 50000) i""");
        execute("analyze accounts");
    }

    @AfterEach
    void deleteAccounts() throws SQLException {
        execute("delete from accounts where username like 'plan-%'");
    }

    @ParameterizedTest
    @CsvSource({
        "plan-4999, 11, 100",
        "Zoë 4, 11, 100",
        "pl, 51, 1000",
        "some, 51, 1000",
        "no such name, 0, 100",
    })
    void readsByIndex(String prefix, int found, long most) {
        var reads = QuarkusTransaction.requiringNew().call(() -> {
            assertThat(accounts.findByPrefix(prefix, "", 51)).hasSize(found);
            var row = (Object[]) entities.createNativeQuery(
                            "select seq_tup_read, idx_tup_fetch from pg_stat_xact_user_tables where relname = 'accounts'")
                    .getSingleResult();
            return new Reads(((Number) row[0]).longValue(), ((Number) row[1]).longValue());
        });

        assertThat(reads.bySequentialScan()).isZero();
        assertThat(reads.byIndex()).isLessThanOrEqualTo(most);
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }
}
