import { DataTypes, type Sequelize } from "sequelize";

/** Defines the models, on the application's connection or on the one that prints them. */
export function defineModels(sequelize: Sequelize) {
  const Author = sequelize.define("Author", {
    email: { type: DataTypes.STRING(255), allowNull: false, unique: true },
    name: { type: DataTypes.STRING, allowNull: false },
    role: { type: DataTypes.ENUM("reader", "writer", "editor"), allowNull: false, defaultValue: "reader" },
  }, { tableName: "authors", underscored: true });

  const Post = sequelize.define("Post", {
    title: { type: DataTypes.STRING, allowNull: false },
    body: { type: DataTypes.TEXT, allowNull: false },
    views: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
    publishedAt: { type: DataTypes.DATE },
  }, { tableName: "posts", underscored: true, indexes: [{ fields: ["author_id", "published_at"] }] });

  Author.hasMany(Post, { foreignKey: { name: "authorId", allowNull: false }, onDelete: "CASCADE" });
  Post.belongsTo(Author, { foreignKey: { name: "authorId", allowNull: false } });
  return { Author, Post };
}
