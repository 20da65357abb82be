using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DigiHub.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Pools : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "pool_id",
                table: "spaces",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "pool_id",
                table: "bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "pools",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    site_id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pools", x => x.id);
                    table.ForeignKey(
                        name: "FK_pools_sites_site_id",
                        column: x => x.site_id,
                        principalTable: "sites",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_spaces_pool_id",
                table: "spaces",
                column: "pool_id");

            migrationBuilder.CreateIndex(
                name: "IX_bookings_pool_id",
                table: "bookings",
                column: "pool_id",
                filter: "pool_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_pools_site_id",
                table: "pools",
                column: "site_id");

            migrationBuilder.AddForeignKey(
                name: "FK_bookings_pools_pool_id",
                table: "bookings",
                column: "pool_id",
                principalTable: "pools",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.AddForeignKey(
                name: "FK_spaces_pools_pool_id",
                table: "spaces",
                column: "pool_id",
                principalTable: "pools",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_bookings_pools_pool_id",
                table: "bookings");

            migrationBuilder.DropForeignKey(
                name: "FK_spaces_pools_pool_id",
                table: "spaces");

            migrationBuilder.DropTable(
                name: "pools");

            migrationBuilder.DropIndex(
                name: "IX_spaces_pool_id",
                table: "spaces");

            migrationBuilder.DropIndex(
                name: "IX_bookings_pool_id",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "pool_id",
                table: "spaces");

            migrationBuilder.DropColumn(
                name: "pool_id",
                table: "bookings");
        }
    }
}
