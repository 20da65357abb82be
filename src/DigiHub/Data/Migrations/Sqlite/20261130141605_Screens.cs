using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DigiHub.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Screens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "allows_walk_ups",
                table: "rule_sets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_walk_up",
                table: "bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "shows_at_door",
                table: "bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    site_id = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    space_id = table.Column<int>(type: "INTEGER", nullable: true),
                    look = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    paired_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    paired_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_devices", x => x.id);
                    table.CheckConstraint("devices_door_has_space", "(kind = 'Door') = (space_id IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_devices_members_paired_by_id",
                        column: x => x.paired_by_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_devices_sites_site_id",
                        column: x => x.site_id,
                        principalTable: "sites",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_devices_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pairings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pairings", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_devices_paired_by_id",
                table: "devices",
                column: "paired_by_id");

            migrationBuilder.CreateIndex(
                name: "IX_devices_site_id",
                table: "devices",
                column: "site_id");

            migrationBuilder.CreateIndex(
                name: "IX_devices_space_id",
                table: "devices",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "IX_devices_token_hash",
                table: "devices",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_pairings_code_hash",
                table: "pairings",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_pairings_expires_at",
                table: "pairings",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_pairings_secret_hash",
                table: "pairings",
                column: "secret_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropTable(
                name: "pairings");

            migrationBuilder.DropColumn(
                name: "allows_walk_ups",
                table: "rule_sets");

            migrationBuilder.DropColumn(
                name: "is_walk_up",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "shows_at_door",
                table: "bookings");
        }
    }
}
