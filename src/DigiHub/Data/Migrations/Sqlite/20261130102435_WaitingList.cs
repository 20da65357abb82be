using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DigiHub.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WaitingList : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "held_until",
                table: "claims",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "booking_proposals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    booking_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    other_booking_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    from_member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    to_member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    asked_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    other_sequence = table.Column<int>(type: "INTEGER", nullable: true),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answer_by = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_booking_proposals", x => x.id);
                    table.CheckConstraint("booking_proposals_kind", "(kind = 'Swap') = (other_booking_id IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_booking_proposals_booking_series_series_id",
                        column: x => x.series_id,
                        principalTable: "booking_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_booking_proposals_bookings_booking_id",
                        column: x => x.booking_id,
                        principalTable: "bookings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_booking_proposals_bookings_other_booking_id",
                        column: x => x.other_booking_id,
                        principalTable: "bookings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_booking_proposals_members_from_member_id",
                        column: x => x.from_member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_booking_proposals_members_to_member_id",
                        column: x => x.to_member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "waiting_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    space_id = table.Column<int>(type: "INTEGER", nullable: true),
                    pool_id = table.Column<int>(type: "INTEGER", nullable: true),
                    site_id = table.Column<int>(type: "INTEGER", nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    people = table.Column<int>(type: "INTEGER", nullable: true),
                    equipment = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    from_local = table.Column<string>(type: "TEXT", nullable: false),
                    until_local = table.Column<string>(type: "TEXT", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    auto_accept = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_first = table.Column<bool>(type: "INTEGER", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    wish_key = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lapses = table.Column<int>(type: "INTEGER", nullable: false),
                    booking_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_waiting_entries", x => x.id);
                    table.CheckConstraint("waiting_entries_not_empty", "from_local < until_local");
                    table.ForeignKey(
                        name: "FK_waiting_entries_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_waiting_entries_pools_pool_id",
                        column: x => x.pool_id,
                        principalTable: "pools",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_waiting_entries_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "waiting_offers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    entry_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    space_id = table.Column<int>(type: "INTEGER", nullable: false),
                    pool_id = table.Column<int>(type: "INTEGER", nullable: true),
                    start_local = table.Column<string>(type: "TEXT", nullable: false),
                    end_local = table.Column<string>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    offered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    was_taken_since = table.Column<bool>(type: "INTEGER", nullable: false),
                    booking_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_waiting_offers", x => x.id);
                    table.CheckConstraint("waiting_offers_not_empty", "start < \"end\"");
                    table.ForeignKey(
                        name: "FK_waiting_offers_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_waiting_offers_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_waiting_offers_waiting_entries_entry_id",
                        column: x => x.entry_id,
                        principalTable: "waiting_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_claims_held_until",
                table: "claims",
                column: "held_until",
                filter: "held_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_answer_by",
                table: "booking_proposals",
                column: "answer_by",
                filter: "status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_answered_at",
                table: "booking_proposals",
                column: "answered_at");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_booking_id",
                table: "booking_proposals",
                column: "booking_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_from_member_id",
                table: "booking_proposals",
                column: "from_member_id");

            migrationBuilder.CreateIndex(
                name: "ix_booking_proposals_one_open",
                table: "booking_proposals",
                column: "booking_id",
                unique: true,
                filter: "status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_other_booking_id",
                table: "booking_proposals",
                column: "other_booking_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_series_id",
                table: "booking_proposals",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_proposals_to_member_id",
                table: "booking_proposals",
                column: "to_member_id");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_entries_ended_at",
                table: "waiting_entries",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_entries_ends_at",
                table: "waiting_entries",
                column: "ends_at",
                filter: "status = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_entries_member_id_wish_key",
                table: "waiting_entries",
                columns: new[] { "member_id", "wish_key" },
                unique: true,
                filter: "status = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_entries_pool_id",
                table: "waiting_entries",
                column: "pool_id");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_entries_space_id",
                table: "waiting_entries",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_offers_entry_id",
                table: "waiting_offers",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_offers_member_id",
                table: "waiting_offers",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_waiting_offers_one_open",
                table: "waiting_offers",
                column: "entry_id",
                unique: true,
                filter: "status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_offers_space_id",
                table: "waiting_offers",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "IX_waiting_offers_until",
                table: "waiting_offers",
                column: "until",
                filter: "status = 'Open'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "booking_proposals");

            migrationBuilder.DropTable(
                name: "waiting_offers");

            migrationBuilder.DropTable(
                name: "waiting_entries");

            migrationBuilder.DropIndex(
                name: "IX_claims_held_until",
                table: "claims");

            migrationBuilder.DropColumn(
                name: "held_until",
                table: "claims");
        }
    }
}
